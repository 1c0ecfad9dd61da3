/**
 * On every page: the reader's own time and a countdown beside each date. What signing in changes is fetched for
 * whoever is signed in. Texts come in as data attributes so that the script is the same for all languages
 * and one hash in the Content-Security-Policy covers it.
 */
const root = document.documentElement;
const words = document.currentScript!.dataset;
const each = (selector: string, act: (element: HTMLAnchorElement) => void) =>
  document.querySelectorAll<HTMLAnchorElement>(selector).forEach(act);
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

const tick = () =>
  each('[data-at]', (span) => {
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
    const text = [
      // In UTC's own zone it would say the same twice.
      new Date(at).getTimezoneOffset() && local.format(at),
      size < 3e6 && relative.format(Math.trunc(left / per), unit),
    ]
      .filter(Boolean)
      .join(' · ');
    if (span.textContent !== text) span.textContent = text;
  });
tick();
setInterval(tick, 1000);
each('.loading', (part) => {
  part.hidden = false;
});

each('[data-lang]', (link) => {
  link.onclick = () => {
    localStorage.lang = link.dataset.lang;
  };
});

fetch(words.api + '/trpc/me.get', { credentials: 'include' })
  .then((answer) => answer.json())
  .then(({ result: { data } }) => {
    const { user } = data;
    skew = data.now - Date.now();
    tick();
    each('[data-who]', (part) => {
      part.hidden = (part.dataset.who === 'in') !== !!user;
    });
    if (user) return import(/* @vite-ignore */ words.module!).then((part) => part.show(data, words));
    localStorage.removeItem('in');
  })
  .catch(() => {})
  // What only some who are signed in may meet was kept back until this is known.
  .finally(() => delete root.dataset.in);
