import type { Step } from '../model.ts';
import type { Method, MethodInput, MethodResult, Tier, Way } from './method.ts';

/**
 * What a method says of some of the candidates, as a result for all: the others were dropped before the count, share the
 * last place, and everybody counted goes before them. `kept[i]` is the index among all of candidate i of `input`.
 */
export function rankWithout(
  method: Method,
  input: MethodInput,
  all: readonly string[],
  kept: readonly number[],
): MethodResult {
  const { tiers, beats, way, seats, ...rest } = method.rank(input);
  const inner = new Map(kept.map((outer, i) => [outer, i]));
  const dropped = [...all.keys()].filter((i) => !inner.has(i));
  const place = kept.length + 1;
  const { size, cells } = input.pairwise;
  const byMajority = (a: number, b: number): boolean =>
    (cells[a * size + b] as number) > (cells[b * size + a] as number);
  const outward = ({ members, place: at }: Tier): Tier => ({
    place: at,
    members: members.map((i) => kept[i] as number),
  });
  const names = dropped.map((i) => all[i] as string);
  const step: Step = { code: 'dropped', candidates: names, place };
  // Where no seat is filled, as below the quorum, nobody is passed over for one.
  const reasons =
    input.seatRules.available === 0 ? [] : names.flatMap((id) => input.seatRules.barred.get(id) ?? []);
  return {
    ...rest,
    tiers: [...tiers.map(outward), { place, members: dropped }],
    beats: (a, b) => {
      const [x, y] = [inner.get(a), inner.get(b)];
      if (x === undefined || y === undefined) return x !== undefined;
      return (beats ?? byMajority)(x, y);
    },
    way: way === null ? null : wayAmong(way, inner, kept),
    steps: [step, ...rest.steps],
    seats: seats === null ? null : { ...seats, skipped: [...reasons, ...seats.skipped] },
    dropped: new Set(dropped),
  };
}

const wayAmong = (way: Way, inner: ReadonlyMap<number, number>, kept: readonly number[]): Way => ({
  kind: way.kind,
  between: (a, b) => {
    const [x, y] = [inner.get(a), inner.get(b)];
    if (x === undefined || y === undefined) return null;
    return way.between(x, y)?.map((i) => kept[i] as number) ?? null;
  },
});
