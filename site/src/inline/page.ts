/**
 * On every page: the reader's own time and a countdown beside each date, and what signing in changes:
 * name, badges. Texts come in as data attributes so that the script is the same for all languages
 * and one hash in the Content-Security-Policy covers it.
 */
const root = document.documentElement;
const words = document.currentScript!.dataset;
const all = (selector: string) => document.querySelectorAll<HTMLElement>(selector);
/** The reader's own habits of writing time, where they read this language at all. */
const habits = navigator.languages.find((l) => l.startsWith(root.lang)) || root.lang;
const local = new Intl.DateTimeFormat(habits, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});
const relative = new Intl.RelativeTimeFormat(root.lang);
/** The server's clock minus ours, ms. */
let skew = 0;

const tick = () => {
  for (const span of all('[data-at]')) {
    const at = +span.dataset.at!;
    const left = (at - Date.now() - skew) / 1000;
    const size = Math.abs(left);
    const [unit, per] = (
      size < 99
        ? ['second', 1]
        : size < 5400
          ? ['minute', 60]
          : size < 129600
            ? ['hour', 3600]
            : ['day', 86400]
    ) as [Intl.RelativeTimeFormatUnit, number];
    const text = local.format(at) + (size < 3e6 ? ` · ${relative.format(Math.trunc(left / per), unit)}` : '');
    if (span.textContent !== text) span.textContent = text;
  }
};
tick();
setInterval(tick, 1000);

for (const link of all('[data-lang]')) {
  link.onclick = () => localStorage.setItem('lang', link.dataset.lang!);
}

if (words.api !== undefined)
  fetch(`${words.api}/trpc/me.get`, { credentials: 'include' })
    .then((answer) => answer.json())
    .then(({ result: { data } }) => {
      skew = data.now - Date.now();
      tick();
      for (const part of all('[data-who]')) part.hidden = (part.dataset.who === 'in') !== !!data.user;
      if (!data.user) return;
      for (const place of all('[data-login]')) place.textContent = data.user.login;
      for (const link of all('[data-me]')) {
        link.textContent = data.user.login;
        (link as HTMLAnchorElement).href = words.account!;
      }
      for (const e of data.elections)
        for (const place of all(`[data-key="${CSS.escape(e.key)}"]`)) {
          const state = e.voted ? 'voted' : e.eligible ? 'eligible' : 'not';
          place.dataset.state = state;
          if (state === 'eligible' && e.phase === 'open') document.querySelector('#needs ol')?.append(place);
          for (const badge of place.querySelectorAll('.badge')) badge.textContent = words[state]!;
        }
    })
    .catch(() => {});
