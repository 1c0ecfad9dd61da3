import type { MethodInput } from './methods/method.ts';
import type { Count, Seats, TieDecision, Warning } from './model.ts';
import { toCount } from './ballots/ballot-table.ts';
import { byCodeUnits } from './by-code-units.ts';
import type { SeatRules } from './seats/seat-rules.ts';
import { cell } from './pairwise/pairwise.ts';
import type { BallotCounts } from './pairwise/pairwise.ts';

/**
 * Where the rule surprises people. Nothing here changes a result. What is said of pairs
 * (`ballots-without-comparison`, `uncompared-candidate`, `few-opinions`) is not said of methods that count the
 * ballots themselves, nor of a single candidate, nor the last two where every ballot is blank.
 * `ballots-without-comparison` counts ballots that are not blank and is absent with `unranked: last`;
 * `few-opinions` comes once for each elected candidate whom fewer than half of the ballots that are not
 * blank give a number, but for those whom `uncompared-candidate` names.
 */
export function warn(
  input: MethodInput,
  counts: BallotCounts,
  seats: Seats,
  { unused, inRounds }: { readonly unused: readonly TieDecision[]; readonly inRounds: boolean },
): Warning[] {
  return [
    ...aboutBallots(input, counts, inRounds),
    ...aboutCandidates(input, counts, seats),
    ...aboutSeats(input, seats, unused),
  ];
}

function aboutBallots(
  { options, candidates, profile }: MethodInput,
  { cast, blank, idle }: BallotCounts,
  inRounds: boolean,
): Warning[] {
  const warnings: Warning[] = [];
  if (inRounds && options.unranked === 'last') warnings.push({ code: 'unranked-not-transferred' });
  if (options.quorum !== undefined && cast < options.quorum)
    warnings.push({ code: 'quorum-missed', quorum: options.quorum, cast });
  if (Number(cast) === 0) warnings.push({ code: 'no-ballots' });
  else if (cast === blank) {
    warnings.push({ code: 'all-blank' });
  }
  if (Number(idle) > 0 && candidates.length > 1 && options.unranked === 'no-opinion' && profile === null) {
    warnings.push({
      code: 'ballots-without-comparison',
      ballots: idle,
    });
  }
  return warnings;
}

function aboutCandidates(input: MethodInput, counts: BallotCounts, seats: Seats): Warning[] {
  const { candidates } = input;
  // Methods that count the ballots themselves, not pairs, hear a ballot that ranks one candidate.
  if (counts.cast === counts.blank || candidates.length < 2 || input.profile !== null) return [];
  const uncompared = candidates.filter((_, a) => isUncompared(input, a));
  const warnings: Warning[] = [];
  if (uncompared.length > 0) {
    warnings.push({
      code: 'uncompared-candidate',
      candidates: uncompared,
    });
  }
  const ballots = toCount(BigInt(counts.cast) - BigInt(counts.blank));
  candidates.forEach((candidate, i) => {
    const few = BigInt(counts.opinions[i] ?? 0) * 2n < BigInt(ballots);
    if (!few || !seats.elected.includes(candidate) || uncompared.includes(candidate)) return;
    warnings.push({
      code: 'few-opinions',
      candidates: [candidate],
      opinions: counts.opinions[i] as Count,
      ballots,
    });
  });
  return warnings;
}

function isUncompared({ pairwise, candidates }: MethodInput, a: number): boolean {
  return candidates.every((_, b) => Number(cell(pairwise, a, b)) === 0 && Number(cell(pairwise, b, a)) === 0);
}

function aboutSeats(
  { options, candidates, seatRules }: MethodInput,
  seats: Seats,
  unused: readonly TieDecision[],
): Warning[] {
  const warnings: Warning[] = [];
  for (const tie of seats.openTies) {
    warnings.push({
      code: 'open-tie',
      ...tie,
    });
  }
  const standing = candidates.filter((id) => id !== options.noneOfTheAbove?.candidate).length;
  if (standing < options.seats) warnings.push({ code: 'too-few-candidates', seats: options.seats, standing });
  warnings.push(...aboutGroups(seatRules, seats));
  const unlimited = candidates.filter((id) => seatRules.limit !== null && !seatRules.limit.values.has(id));
  if (unlimited.length > 0) {
    warnings.push({
      code: 'limit-value-missing',
      field: seatRules.limit?.field ?? '',
      candidates: unlimited,
    });
  }
  for (const { winners, how } of unused) {
    warnings.push({
      code: 'decision-unused',
      candidates: winners,
      how,
    });
  }
  return warnings;
}

/** Groups that will have fewer seats than they were promised, however ties that are open are decided. */
function aboutGroups({ groups, available }: SeatRules, { elected, openTies: all }: Seats): Warning[] {
  if (groups === null || available === 0) return [];
  const { field, values } = groups;
  const openTies = all.filter(({ term }) => term === undefined);
  return [...groups.seats]
    .sort(([a], [b]) => byCodeUnits(a, b))
    .flatMap(([value, seats]): Warning[] => {
      const isIn = (id: string): boolean => values.get(id) === value;
      const certain = elected.filter(isIn).length;
      const possible = openTies.reduce(
        (sum, tie) => sum + Math.min(tie.seats, tie.candidates.filter(isIn).length),
        certain,
      );
      return possible < seats ? [{ code: 'group-short', field, value, seats, elected: certain }] : [];
    });
}
