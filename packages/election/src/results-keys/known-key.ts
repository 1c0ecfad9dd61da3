import type { Election, ResultsKey } from '../model.ts';

/** What the elections folder says about the key that signed a result. */
export type KeyStanding =
  | { readonly kind: 'known'; readonly entry: ResultsKey }
  /** The key is listed, but not for the time of this election. */
  | { readonly kind: 'other-time'; readonly entry: ResultsKey }
  | { readonly kind: 'unknown' };

/**
 * Whether a result of `election` that is signed by `key` is to be trusted by results-keys.yaml. The election's end
 * must lie between `from` and `until`, both inclusive: a key that was given up signs no later election. The key
 * in a results.json says nothing about itself; this list, reviewed in git, does.
 */
export function keyStanding(
  keys: readonly ResultsKey[],
  key: string,
  election: Pick<Election, 'closesAt'>,
): KeyStanding {
  const entry = keys.find((each) => each.key === key);
  if (!entry) return { kind: 'unknown' };
  const begun = entry.from === null || entry.from <= election.closesAt;
  const lasts = entry.until === null || election.closesAt <= entry.until;
  return { kind: begun && lasts ? 'known' : 'other-time', entry };
}
