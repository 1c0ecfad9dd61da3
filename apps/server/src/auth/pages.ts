/** The few pages that the server itself answers with: what happened, why, and what to do. No script, no style from elsewhere. */

const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

export interface NoticePage {
  readonly title: string;
  readonly text: string;
  readonly link: { readonly href: string; readonly label: string };
}

/** A small page; the texts may hold anything. */
export function noticePage({ title, text, link }: NoticePage): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>${escape(title)}</title></head><body><main><h1>${escape(title)}</h1><p>${escape(text)}</p><p><a href="${escape(link.href)}">${escape(link.label)}</a></p></main></body></html>`;
}

/** Asks whether the desktop app that has opened this page may act for `login`. `fields` go back with the answer. */
export function approvalPage(login: string, fields: Readonly<Record<string, string>>): string {
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
  const title = 'Sign in the Elekto console';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>${title}</title></head><body><main><h1>${title}</h1><p>The console on this computer asks to act for you, <strong>${escape(login)}</strong>, on this server. Allow it only if you have just asked for it there.</p><form method="post" action="/auth/native/approve">${hidden}<p><button name="answer" value="allow">Sign in as ${escape(login)}</button> <button name="answer" value="deny">Do not sign in</button></p></form></main></body></html>`;
}
