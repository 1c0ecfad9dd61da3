/** Every word of the engine's own sentences, lower case: a candidate whose id is one of them is not found by it. */
const OWN_WORDS: ReadonlySet<string> = new Set(
  `a above against agrees all and any anybody apply are as at ballot ballots be beaten beats before been best
  better blank but by candidate candidates cannot cast changes chance choose circle close compares count
  counts decide decided decides decision different do does draws drawn each earlier elected employer equal
  equally every everybody excluded fewest fills first fits for fractions from give gives go goes has have how
  if in is it its known last least leave leaves left less level limit locked lone loses lost lot may more most
  move moves must neither no nobody nor not nothing number numbers of on one open opinion or order others out
  over pass passed passes people place places preference preferences preferred quota ranks reach reached
  reaches reaching record recorded rest round rule same score scores seat seated seats so some still stands
  surplus than that the their them there these this tie tied ties to together turn two under up used vote
  votes was were which who whom whose win wins with without word would
  between defeat worst election resolves exclusion way broken`.split(/\s+/),
);

/** Not in the middle of a longer word, login or address: `ann` is neither in `ann-lee` nor in `joann`. */
const BEFORE = '(?<![\\p{L}\\p{N}_]|[\\p{L}\\p{N}_][-.@])';
const AFTER = '(?![\\p{L}\\p{N}_]|[-.@][\\p{L}\\p{N}_])';
/** What people wrote is left alone: the value of a limit, how a tie was decided. */
const QUOTED = '(?:whose [^"]* is )?"[^"]*"';

/**
 * A sentence of an outcome (a step, round, warning or reason) with names in the place of ids. All ids are
 * looked for at once and the longest first, so that none is found inside another or inside a name already
 * put in. An id that is a number or a word of the engine's own sentences stays: nothing tells one from the other.
 */
export function nameCandidates(text: string, ids: readonly string[], name: (id: string) => string): string {
  const sought = [...new Set(ids)]
    .filter((id) => id !== '' && !/^\d+$/.test(id) && !OWN_WORDS.has(id.toLowerCase()) && name(id) !== id)
    .sort((a, b) => b.length - a.length);
  if (sought.length === 0) return text;
  const known = new Set(sought);
  const any = sought.map((id) => id.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  return text.replace(new RegExp(`${BEFORE}(?:${any})${AFTER}|${QUOTED}`, 'gu'), (found) =>
    known.has(found) ? name(found) : found,
  );
}
