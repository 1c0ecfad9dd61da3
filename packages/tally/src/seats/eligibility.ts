import { toCount } from '../ballots/ballot-table.ts';
import type { BarredCandidate, Count, NoneOfTheAbove, Ratio } from '../model.ts';
import type { BallotCounts, Pairwise } from '../pairwise/pairwise.ts';
import { cell } from '../pairwise/pairwise.ts';

/** What decides who can be seated at all. */
export interface Thresholds {
  readonly noneOfTheAbove: Required<NoneOfTheAbove> | null;
  readonly minimumShare: Ratio | null;
}

/**
 * Who may take no seat whatever the order says, with the reason: none of the above itself, those who do not beat it, and
 * those whom too few ballots rank. The first reason that holds is told. Nobody who is sitting is among them.
 */
export function barredBy(
  { noneOfTheAbove, minimumShare }: Thresholds,
  candidates: readonly string[],
  pairwise: Pairwise,
  { cast, blank, opinions }: BallotCounts,
  sitting: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, BarredCandidate> {
  const none = noneOfTheAbove === null ? -1 : candidates.indexOf(noneOfTheAbove.candidate);
  const ballots = toCount(BigInt(cast) - BigInt(blank));
  const barred = new Map<string, BarredCandidate>();
  candidates.forEach((candidate, i) => {
    const ranked = opinions[i] as Count;
    if (sitting.has(candidate)) return;
    if (i === none) barred.set(candidate, { code: 'none-of-the-above', candidate });
    else if (
      noneOfTheAbove !== null &&
      !beatsNone(noneOfTheAbove, cell(pairwise, i, none), cell(pairwise, none, i))
    )
      barred.set(candidate, {
        code: 'not-over-none',
        candidate,
        for: cell(pairwise, i, none),
        against: cell(pairwise, none, i),
      });
    else if (minimumShare !== null && isBelow(minimumShare, ranked, ballots))
      barred.set(candidate, { code: 'below-minimum', candidate, opinions: ranked, ballots });
  });
  return barred;
}

/**
 * Whether `given` ballots for and `against` are the majority over none of the above that is needed: more for than against,
 * at least the ratio, and at least the support. That is Debian's A.6.2 and A.6.3 (constitution 1.4).
 */
function beatsNone(
  { majority: { part, whole }, support }: Required<NoneOfTheAbove>,
  given: Count,
  against: Count,
): boolean {
  return (
    given > against && BigInt(given) * BigInt(whole) >= BigInt(against) * BigInt(part) && given >= support
  );
}

const isBelow = ({ part, whole }: Ratio, ranked: Count, ballots: Count): boolean =>
  BigInt(ranked) * BigInt(whole) < BigInt(ballots) * BigInt(part);

/** Those of the barred who do not beat none of the above. */
export const notOverNone = (barred: ReadonlyMap<string, BarredCandidate>): ReadonlySet<string> =>
  new Set(
    [...barred.values()].flatMap(({ code, candidate }) => (code === 'not-over-none' ? [candidate] : [])),
  );
