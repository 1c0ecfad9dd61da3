/**
 * The word that `written` is probably a misspelling of: one or two letters off, without case. Null when none is near, or
 * when it is too short for a guess.
 */
export function nearestWord<T extends string>(written: string, words: readonly T[]): T | null {
  const plain = written.trim().toLowerCase().slice(0, 40);
  const most = plain.length < 5 ? (plain.length < 3 ? 0 : 1) : 2;
  let best: { word: T; off: number } | null = null;
  for (const word of words) {
    if (Math.abs(word.length - plain.length) > most) continue;
    const off = distance(plain, word.toLowerCase());
    if (off <= most && off < (best?.off ?? Infinity)) best = { word, off };
  }
  return best?.word ?? null;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
