/** "4", "-2", "4.5" and "4,5"; not "1,500", which may be fifteen hundred as well as one and a half. */
const SCORE = /^[+-]?\d+(?:\.\d+|,(?!\d{3}$)\d+)?$/;

/** A score as files write them, with a decimal point or a decimal comma; null when it is none. */
export function parseScore(text: string): number | null {
  return SCORE.test(text) ? Number(text.replace(',', '.')) : null;
}

/**
 * Replaces scores, NaN being none, by ranks in place: the highest becomes 1, equal ones are equal, and NaN
 * becomes 0. Returns the highest rank.
 */
export function scoresToRanks(row: Float64Array): number {
  const distinct = [...new Set(row)].filter((score) => !Number.isNaN(score)).sort((a, b) => b - a);
  const ranks = new Map(distinct.map((score, i) => [score, i + 1]));
  for (let i = 0; i < row.length; i++) row[i] = ranks.get(row[i] as number) ?? 0;
  return distinct.length;
}
