import type { MethodInput } from './methods/method.ts';
import type { Count, Seats, TieDecision, Warning } from './model.ts';
import { subtract } from './arithmetic.ts';
import { cell } from './pairwise/pairwise.ts';
import type { BallotCounts } from './pairwise/pairwise.ts';
import { ballots, listOf, quantity } from './words.ts';

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
  unused: readonly TieDecision[],
): Warning[] {
  return [
    ...aboutBallots(input, counts),
    ...aboutCandidates(input, counts, seats),
    ...aboutSeats(input, seats, unused),
  ];
}

function aboutBallots(
  { options, candidates, profile }: MethodInput,
  { cast, blank, idle }: BallotCounts,
): Warning[] {
  const warnings: Warning[] = [];
  if (profile !== null && options.unranked === 'last') {
    warnings.push({
      code: 'unranked-not-transferred',
      message:
        'In the rounds a ballot that ranks nobody who is left goes to nobody: "unranked: last" only changes the pairwise table.',
    });
  }
  if (Number(cast) === 0)
    warnings.push({ code: 'no-ballots', message: 'No ballot was cast: every candidate is level.' });
  else if (cast === blank) {
    warnings.push({ code: 'all-blank', message: 'Every ballot is blank: every candidate is level.' });
  }
  if (Number(idle) > 0 && candidates.length > 1 && options.unranked === 'no-opinion' && profile === null) {
    const verb = Number(idle) === 1 ? 'gives' : 'give';
    warnings.push({
      code: 'ballots-without-comparison',
      ballots: idle,
      message: `${ballots(idle)} ${verb} no two candidates different numbers and no opinion on the rest, which compares nobody and changes nothing between candidates.`,
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
      message: `No ballot compares ${listOf(uncompared)} with anybody, so nobody beats ${uncompared.length === 1 ? 'this candidate' : 'these candidates'}.`,
    });
  }
  const opined = BigInt(counts.cast) - BigInt(counts.blank);
  candidates.forEach((candidate, i) => {
    const few = BigInt(counts.opinions[i] ?? 0) * 2n < opined;
    if (!few || !seats.elected.includes(candidate) || uncompared.includes(candidate)) return;
    warnings.push({
      code: 'few-opinions',
      candidates: [candidate],
      opinions: counts.opinions[i] as Count,
      ballots: subtract(counts.cast, counts.blank),
      message: `${candidate} is elected on the word of ${counts.opinions[i]} of ${opined} ballots; the others have no opinion and count neither for nor against.`,
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
      message: `${listOf(tie.candidates)} are tied for ${quantity(tie.seats, 'seat')}; people must decide and record how.`,
    });
  }
  if (candidates.length < options.seats) {
    warnings.push({
      code: 'too-few-candidates',
      seats: options.seats,
      standing: candidates.length,
      message: `There are ${quantity(options.seats, 'seat')} and ${quantity(candidates.length, 'candidate')}.`,
    });
  }
  const unlimited = candidates.filter((id) => seatRules.limit !== null && !seatRules.limit.values.has(id));
  if (unlimited.length > 0) {
    warnings.push({
      code: 'limit-value-missing',
      field: seatRules.limit?.field ?? '',
      candidates: unlimited,
      message: `No ${seatRules.limit?.field} is known of ${listOf(unlimited)}, so the limit does not apply to them.`,
    });
  }
  for (const { winners, how } of unused) {
    warnings.push({
      code: 'decision-unused',
      candidates: winners,
      how,
      message: `The recorded decision for ${listOf(winners)} ("${how}") fits no open tie and was not used.`,
    });
  }
  return warnings;
}
