/** The page of the stand-in for a provider: who do you want to be? Plain HTML, no script. */

export interface PagePerson {
  readonly login: string;
  readonly name: string;
  readonly about: string;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5b6470; --line: #d3d8de; --paper: #fbfbfa; --card: #fff; --accent: #2a5bd7 }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef0; --soft: #a2abb6; --line: #3a4149; --paper: #15181b; --card: #1d2125; --accent: #8db0ff } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif }
main { max-width: 34rem; margin: 0 auto; padding: clamp(1.5rem, 6vw, 4rem) 1.25rem }
p.note { margin: 0 0 1.5rem; padding: .6rem .9rem; border: 1px dashed var(--soft); border-radius: .4rem; color: var(--soft); font-size: .95rem }
h1 { margin: 0 0 .35rem; font-size: 1.6rem; line-height: 1.2; letter-spacing: -.01em }
p.lead { margin: 0 0 1.5rem; color: var(--soft) }
ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line) }
li { border-bottom: 1px solid var(--line) }
button { display: grid; grid-template-columns: 2.75rem 1fr auto; gap: .9rem; align-items: center; width: 100%; min-height: 4rem; padding: .7rem .25rem; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer }
button:hover, button:focus-visible { background: var(--card) }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.face { display: grid; place-items: center; width: 2.75rem; height: 2.75rem; border: 1px solid var(--line); border-radius: 50%; color: var(--soft); font-weight: 600 }
.who b { display: block } .who small { display: block; color: var(--soft); font-size: .92rem }
.go { color: var(--accent); white-space: nowrap }
code { font: .92em ui-monospace, monospace }
`;

const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

/** The list of people, each a button that sends `fields` back. */
export function choosePage(
  provider: string,
  people: readonly PagePerson[],
  fields: Readonly<Record<string, string>>,
): string {
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
  const items = people
    .map(
      ({ login, name, about }) =>
        `<li><button name="login" value="${escape(login)}"><span class="face" aria-hidden="true">${escape(initials(name))}</span><span class="who"><b>Sign in as ${escape(name)}</b><small><code>${escape(login)}</code>: ${escape(about)}</small></span><span class="go" aria-hidden="true">&rarr;</span></button></li>`,
    )
    .join('');
  return page(
    `Demo sign-in (stands in for ${escape(provider)})`,
    `<p class="note">This is <strong>not ${escape(provider)}</strong>. It is the demo's stand-in for it, on this computer only. Nobody needs a password here.</p><h1>Who do you want to be?</h1><p class="lead">With an app configured at ${escape(provider)}, its own sign-in takes the place of this page.</p><form method="post" action="/login/oauth/authorize">${hidden}<ul>${items}</ul></form>`,
  );
}

/** An error a person can read, for requests that no honest Elekto sends. */
export function problemPage(problem: string): string {
  return page(
    'Demo sign-in: this does not work',
    `<h1>This sign-in cannot go on</h1><p class="lead">${escape(problem)}</p>`,
  );
}
