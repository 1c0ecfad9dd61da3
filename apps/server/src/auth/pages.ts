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
