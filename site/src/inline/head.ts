/** Runs before the page is painted: the reader's language, unless they chose one here before. */
try {
  const root = document.documentElement;
  const known = /^(en|de)/;
  const wanted =
    localStorage.getItem('lang') || (navigator.languages.find((l) => known.test(l)) || 'en').slice(0, 2);
  const other = document.querySelector<HTMLLinkElement>(`link[hreflang=${wanted}]`);
  if (wanted !== root.lang && other)
    location.replace(new URL(other.href).pathname + location.search + location.hash);
} catch {
  // Storage may be forbidden; the page stays in the language of its address.
}
