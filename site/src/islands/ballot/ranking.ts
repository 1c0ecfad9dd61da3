/**
 * The ballot while it is filled in: places by candidate, in a list that never moves by itself. Whoever has no
 * place is not ranked. Pure; every function gives a new draft.
 */

/** A place from 1, as it was given; gaps mean nothing. null: not ranked. */
export interface Row {
  readonly id: string;
  readonly place: number | null;
}

/** Rows in the order of the candidates' list. */
export type Draft = readonly Row[];

export const emptyDraft = (ids: readonly string[]): Draft => ids.map((id) => ({ id, place: null }));

const isRanked = (row: Row): row is Row & { place: number } => row.place !== null;

export const placeOf = (draft: Draft, id: string): number | null =>
  draft.find((row) => row.id === id)?.place ?? null;

/** As a ballot is told: by id, so that one ballot reads the same in every browser, whatever the order of its list. */
const told = (ids: readonly string[]): string[] => ids.toSorted((a, b) => (a < b ? -1 : 1));

export const notRanked = (draft: Draft): string[] =>
  told(draft.filter((row) => !isRanked(row)).map(({ id }) => id));

/** Tied groups, best first; within one by id. */
export function tiersOf(draft: Draft): string[][] {
  const byPlace = new Map<number, string[]>();
  for (const row of draft.filter(isRanked)) {
    const tier = byPlace.get(row.place);
    if (tier) tier.push(row.id);
    else byPlace.set(row.place, [row.id]);
  }
  return [...byPlace].sort(([a], [b]) => a - b).map(([, ids]) => told(ids));
}

/** The same list with these tiers as places 1, 2, 3 ...; who is in none is not ranked. */
function withTiers(draft: Draft, tiers: readonly (readonly string[])[]): Draft {
  const kept = tiers.filter((tier) => tier.length > 0);
  const places = new Map(kept.flatMap((tier, i) => tier.map((id) => [id, i + 1] as const)));
  return draft.map(({ id }) => ({ id, place: places.get(id) ?? null }));
}

/** The same order in places 1, 2, 3 ... without gaps. */
export const closeGaps = (draft: Draft): Draft => withTiers(draft, tiersOf(draft));

const without = (draft: Draft, id: string): string[][] =>
  tiersOf(draft).map((tier) => tier.filter((other) => other !== id));

/** The place after the last one taken. */
export const nextPlace = (draft: Draft): number =>
  Math.min(draft.length, Math.max(0, ...draft.map(({ place }) => place ?? 0)) + 1);

/** The next free place for who has none; who has one gives it up, and the places after it close up. */
export function toggle(draft: Draft, id: string): Draft {
  if (placeOf(draft, id) !== null) return leaveOut(draft, id);
  const dense = nextPlace(draft) === draft.length ? closeGaps(draft) : draft;
  return dense.map((row) => (row.id === id ? { id, place: nextPlace(dense) } : row));
}

/** Not ranked; the places after it close up. */
export function leaveOut(draft: Draft, id: string): Draft {
  const gone = placeOf(draft, id);
  if (gone === null) return draft;
  const alone = draft.filter(({ place }) => place === gone).length === 1;
  return draft.map((row) => {
    if (row.id === id) return { id, place: null };
    return alone && isRanked(row) && row.place > gone ? { id: row.id, place: row.place - 1 } : row;
  });
}

/**
 * Exactly this place, alone: who stands there makes room, towards the place that the candidate left or away
 * from the top, as far as the next gap. Numbers typed one by one therefore come out as typed, in any order.
 */
export function setPlace(draft: Draft, id: string, place: number): Draft {
  const wanted = Math.max(1, Math.min(place, draft.length));
  const from = placeOf(draft, id);
  if (from === wanted && draft.filter((row) => row.place === wanted).length === 1) return draft;
  const others = draft.filter((row): row is Row & { place: number } => row.id !== id && isRanked(row));
  const taken = new Set(others.map((row) => row.place));
  const chain = (step: 1 | -1): Set<number> | null => {
    const moved = new Set<number>();
    for (let at = wanted; taken.has(at); at += step) {
      if (at + step < 1 || at + step > draft.length) return null;
      moved.add(at);
    }
    return moved;
  };
  const upwards = from !== null && from < wanted;
  const first = chain(upwards ? -1 : 1);
  const step = first === null ? (upwards ? 1 : -1) : upwards ? -1 : 1;
  const moved = first ?? chain(step) ?? new Set<number>();
  return draft.map((row) => {
    if (row.id === id) return { id, place: wanted };
    return isRanked(row) && moved.has(row.place) ? { id: row.id, place: row.place + step } : row;
  });
}

/** Shares the place of the candidates in this tier (index from 0). */
export function joinTier(draft: Draft, id: string, index: number): Draft {
  const joined = tiersOf(draft)[index]?.[0];
  if (joined === undefined || joined === id) return draft;
  return withTiers(
    draft,
    without(draft, id).map((tier) => (tier.includes(joined) ? [...tier, id] : tier)),
  );
}

/** Whose place `tieWithAbove` would share: those right above, or for who is not ranked those ranked last. */
export function above(draft: Draft, id: string, tiers = tiersOf(draft)): readonly string[] {
  const at = tiers.findIndex((tier) => tier.includes(id));
  return at < 0 ? (tiers.at(-1) ?? []) : (tiers[at - 1] ?? []);
}

/** Joins the place above; nothing changes where there is none. */
export function tieWithAbove(draft: Draft, id: string): Draft {
  const [first] = above(draft, id);
  const at = tiersOf(draft).findIndex((tier) => first !== undefined && tier.includes(first));
  return at < 0 ? draft : joinTier(draft, id, at);
}

/** Leaves a tie for a place alone: the first of the tied above the others, every other one below them. */
export function separate(draft: Draft, id: string): Draft {
  const tiers = tiersOf(draft);
  const at = tiers.findIndex((tier) => tier.includes(id));
  const tier = tiers[at];
  if (tier === undefined || tier.length === 1) return draft;
  return insertAt(draft, id, tier[0] === id ? at : at + 1);
}

/** A place alone before the tier with this index (0 = first place), counted before the move. */
export function insertAt(draft: Draft, id: string, index: number): Draft {
  const tiers = without(draft, id);
  const target = Math.max(0, Math.min(index, tiers.length));
  return withTiers(draft, [...tiers.slice(0, target), [id], ...tiers.slice(target)]);
}

/** One step better: out of a tie above it, else before the place above. Who is not ranked gets the last place. */
export function moveUp(draft: Draft, id: string): Draft {
  const tiers = tiersOf(draft);
  const at = tiers.findIndex((tier) => tier.includes(id));
  if (at < 0) return insertAt(draft, id, tiers.length);
  return insertAt(draft, id, tiers[at]?.length === 1 ? at - 1 : at);
}

/** One step worse: out of a tie below it, else behind the place below; the last one stays. */
export function moveDown(draft: Draft, id: string): Draft {
  const tiers = tiersOf(draft);
  const at = tiers.findIndex((tier) => tier.includes(id));
  if (at < 0) return draft;
  return insertAt(draft, id, tiers[at]?.length === 1 ? at + 2 : at + 1);
}

/** What is sealed: places 1..n without gaps; who is absent is not ranked. */
export function toRanking(draft: Draft): Record<string, number> {
  return Object.fromEntries(tiersOf(draft).flatMap((tier, i) => tier.map((id) => [id, i + 1] as const)));
}

/** A stored ballot as a draft; who is absent was not ranked. */
export function fromRanking(ids: readonly string[], ranking: Readonly<Record<string, number>>): Draft {
  return ids.map((id) => ({ id, place: Object.hasOwn(ranking, id) ? (ranking[id] ?? null) : null }));
}

/** Methods that look only at who is preferred to whom. */
const PAIRWISE = new Set(['schulze', 'ranked-pairs', 'minimax', 'copeland', 'kemeny-young', 'borda']);

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
