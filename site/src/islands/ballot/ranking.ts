/**
 * The ballot while it is filled in. Rows keep their order until the voter moves one or asks for "Put in
 * order": a list that jumps by itself is not trusted. Pure; every function gives a new draft.
 */

/** A place from 1; `none` is an explicit "No opinion"; null is no place yet. */
export type Choice = number | 'none' | null;

export interface Row {
  readonly id: string;
  readonly choice: Choice;
}

/** Rows in the order they are shown. */
export type Draft = readonly Row[];

export const emptyDraft = (ids: readonly string[]): Draft => ids.map((id) => ({ id, choice: null }));

export const choose = (draft: Draft, id: string, choice: Choice): Draft =>
  draft.map((row) => (row.id === id ? { id, choice } : row));

const ranked = (row: Row): row is Row & { choice: number } => typeof row.choice === 'number';

/** Tied groups, best first; within one in the order shown. Gaps between numbers vanish. */
export function tiersOf(draft: Draft): string[][] {
  const byPlace = new Map<number, string[]>();
  for (const row of draft) {
    if (!ranked(row)) continue;
    const tier = byPlace.get(row.choice);
    if (tier) tier.push(row.id);
    else byPlace.set(row.choice, [row.id]);
  }
  return [...byPlace].sort(([a], [b]) => a - b).map(([, ids]) => ids);
}

export const withoutPlace = (draft: Draft): string[] =>
  draft.filter((r) => r.choice === null).map((r) => r.id);
export const noOpinion = (draft: Draft): string[] =>
  draft.filter((r) => r.choice === 'none').map((r) => r.id);

/** Ranked rows first, then those without a place, then "No opinion"; numbers without gaps. */
function compose(
  tiers: readonly (readonly string[])[],
  unplaced: readonly string[],
  none: readonly string[],
): Draft {
  return [
    ...tiers.filter((t) => t.length > 0).flatMap((tier, i) => tier.map((id) => ({ id, choice: i + 1 }))),
    ...unplaced.map((id) => ({ id, choice: null })),
    ...none.map((id) => ({ id, choice: 'none' as const })),
  ];
}

export const putInOrder = (draft: Draft): Draft =>
  compose(tiersOf(draft), withoutPlace(draft), noOpinion(draft));

/** Whether the rows already stand as `putInOrder` would put them; numbers may have gaps. */
export function isInOrder(draft: Draft): boolean {
  const ordered = putInOrder(draft);
  return draft.every((row, i) => row.id === ordered[i]?.id);
}

/** Whether numbers were left out (1, 3): worth a word, but without effect. */
export function hasGaps(draft: Draft): boolean {
  const numbers = new Set(draft.filter(ranked).map((r) => r.choice));
  return numbers.size > 0 && Math.max(...numbers) !== numbers.size;
}

interface Parts {
  tiers: string[][];
  unplaced: string[];
  none: string[];
  /** Index of the candidate's tier; -1 when it has none. */
  at: number;
}

function partsWithout(draft: Draft, id: string): Parts {
  const tiers = tiersOf(draft);
  const at = tiers.findIndex((tier) => tier.includes(id));
  const not = (other: string) => other !== id;
  return {
    at,
    tiers: tiers.map((tier) => tier.filter(not)),
    unplaced: withoutPlace(draft).filter(not),
    none: noOpinion(draft).filter(not),
  };
}

/** Puts the candidate on a place of its own before the tier with this index (0 = first place). */
export function insertAt(draft: Draft, id: string, index: number): Draft {
  const { tiers, unplaced, none, at } = partsWithout(draft, id);
  // The candidate's own tier, when it empties, must not shift the target.
  const emptied = at >= 0 && tiers[at]?.length === 0;
  const kept = tiers.filter((tier) => tier.length > 0);
  const target = emptied && at < index ? index - 1 : index;
  kept.splice(Math.max(0, Math.min(target, kept.length)), 0, [id]);
  return compose(kept, unplaced, none);
}

/** One step better. Ties are left behind, never made; who has no place gets the next one. */
export function moveUp(draft: Draft, id: string): Draft {
  const tiers = tiersOf(draft);
  const at = tiers.findIndex((tier) => tier.includes(id));
  if (at < 0) return insertAt(draft, id, tiers.length);
  const alone = tiers[at]?.length === 1;
  return insertAt(draft, id, alone ? Math.max(0, at - 1) : at);
}

/** One step worse; from the last place to "without a place". */
export function moveDown(draft: Draft, id: string): Draft {
  const { tiers, unplaced, none, at } = partsWithout(draft, id);
  if (at < 0) return putInOrder(draft);
  const alone = tiers[at]?.length === 0;
  if (alone && at === tiers.length - 1) return compose(tiers, [id, ...unplaced], none);
  return insertAt(draft, id, alone ? at + 2 : at + 1);
}

/** Joins the place above. */
export function tieWithAbove(draft: Draft, id: string): Draft {
  const { tiers, unplaced, none, at } = partsWithout(draft, id);
  if (at < 1) return putInOrder(draft);
  tiers[at - 1]?.push(id);
  return compose(tiers, unplaced, none);
}

/** Leaves the tie for a place of its own right below it. */
export function untie(draft: Draft, id: string): Draft {
  const tiers = tiersOf(draft);
  const at = tiers.findIndex((tier) => tier.includes(id));
  return at < 0 || tiers[at]?.length === 1 ? putInOrder(draft) : insertAt(draft, id, at + 1);
}

/** Everyone without a place becomes an explicit "No opinion". */
export const restToNoOpinion = (draft: Draft): Draft =>
  draft.map((row) => (row.choice === null ? { id: row.id, choice: 'none' } : row));

/** What is sealed: places 1..n without gaps; who is absent has no opinion. */
export function toRanking(draft: Draft): Record<string, number> {
  return Object.fromEntries(tiersOf(draft).flatMap((tier, i) => tier.map((id) => [id, i + 1] as const)));
}

/** A stored ballot as a draft in order; who is absent was "No opinion". */
export function fromRanking(ids: readonly string[], ranking: Readonly<Record<string, number>>): Draft {
  return putInOrder(
    ids.map((id) => ({ id, choice: Object.hasOwn(ranking, id) ? (ranking[id] ?? 'none') : 'none' })),
  );
}

/** Methods that look only at who is preferred to whom. */
const PAIRWISE = new Set(['schulze', 'ranked-pairs', 'minimax', 'copeland', 'kemeny-young']);

/** Why a ballot would change nothing, or null when it prefers someone to someone. */
export function noEffect(
  draft: Draft,
  counting: { readonly method: string; readonly unranked: 'no-opinion' | 'last' },
): 'empty' | 'single' | 'allTied' | null {
  const tiers = tiersOf(draft);
  const placed = tiers.flat().length;
  if (placed === 0) return 'empty';
  if (tiers.length > 1 || (draft.length === 1 && placed === 1)) return null;
  if (counting.unranked === 'last' && placed < draft.length) return null;
  if (!PAIRWISE.has(counting.method)) return null;
  return placed === 1 ? 'single' : 'allTied';
}
