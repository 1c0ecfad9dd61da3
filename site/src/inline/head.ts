/**
 * Runs before the page is painted: the reader's language, unless they chose one here before; and whether somebody was
 * signed in here, whom not every page offers a ballot.
 */
try {
  if (localStorage.in) document.documentElement.dataset.in = '';
  const wanted =
    localStorage.lang || (navigator.languages.find((l) => /^(en|de)/.test(l)) || 'en').slice(0, 2);
  const other = document.querySelector<HTMLLinkElement>(`link[hreflang=${wanted}]`);
  if (wanted !== document.documentElement.lang && other)
    location.replace(new URL(other.href).pathname + location.search + location.hash);
} catch {
  // Storage may be forbidden; the page stays in the language of its address.
}
