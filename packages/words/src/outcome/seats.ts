import type { AppliedDecision, OpenTie, Outcome, SkippedCandidate } from '@elekto/tally';

import type { Lang } from '../languages.ts';
import { nameOf } from '../names.ts';
import type { Names } from '../names.ts';
import { say } from '../say.ts';

/** What sentences about seats are made of: a whole outcome, or only what was signed of it. */
export type Seated = Pick<Outcome, 'seats' | 'options'>;

const naming = (names: Names) => (ids: readonly string[]) => ids.map((id) => nameOf(names, id));

/**
 * The sentence that goes before everything else: who is elected, or the tie that leaves it open. Only
 * `seats.elected` makes it.
 */
export function headline(outcome: Seated, names: Names, lang: Lang): string {
  const { elected, openTies } = outcome.seats;
  if (elected.length > 0)
    return say(lang, 'outcome', 'elected', { n: elected.length, names: naming(names)(elected) });
  const [tie] = openTies;
  return tie === undefined ? say(lang, 'outcome', 'nobody-elected') : tieSentence(outcome, tie, names, lang);
}

/** A tie that the ballots leave open. */
export function tieSentence(outcome: Seated, tie: OpenTie, names: Names, lang: Lang): string {
  return say(lang, 'outcome', tie.value === null ? 'open-tie' : 'open-tie-limit', {
    ...placeOf(outcome, tie),
    names: naming(names)(tie.candidates),
  });
}

/** How people decided a tie. */
export function decisionSentence(
  outcome: Seated,
  decision: AppliedDecision,
  names: Names,
  lang: Lang,
): string {
  return say(lang, 'outcome', decision.value === null ? 'decided-tie' : 'decided-tie-limit', {
    ...placeOf(outcome, decision),
    names: naming(names)(decision.candidates),
    winners: naming(names)(decision.winners),
    how: decision.how,
  });
}

const placeOf = ({ options }: Seated, { seats, value }: OpenTie) => ({
  n: seats,
  field: options.limit?.field ?? '',
  value: value ?? '',
});

/** Why a candidate was passed over. */
export function passedOverSentence(
  { options }: Seated,
  { candidate, value, elected }: SkippedCandidate,
  names: Names,
  lang: Lang,
): string {
  const n = options.limit?.max ?? 0;
  const full = elected.length === n && n > 0;
  return say(lang, 'outcome', full ? 'passed-over-taken' : 'passed-over', {
    n,
    name: nameOf(names, candidate),
    field: options.limit?.field ?? '',
    value,
    taken: naming(names)(elected),
  });
}

/** What stands behind the headline: the ties open or decided, and who was passed over. */
export function seatSentences(outcome: Seated, names: Names, lang: Lang): string[] {
  const { elected, openTies, decisions, skipped } = outcome.seats;
  return [
    ...openTies.slice(elected.length > 0 ? 0 : 1).map((tie) => tieSentence(outcome, tie, names, lang)),
    ...decisions.map((decision) => decisionSentence(outcome, decision, names, lang)),
    ...skipped.map((each) => passedOverSentence(outcome, each, names, lang)),
  ];
}

/** What became of a candidate, in a word or two; empty for those who were not elected. */
export function standing({ seats }: Outcome, id: string, lang: Lang): string {
  if (seats.elected.includes(id)) return say(lang, 'outcome', 'standing-elected');
  if (seats.openTies.some(({ candidates }) => candidates.includes(id)))
    return say(lang, 'outcome', 'standing-tied');
  const skipped = seats.skipped.some(({ candidate }) => candidate === id);
  return skipped ? say(lang, 'outcome', 'standing-passed-over') : '';
}

/** How many seats there were, and who is preferred to everybody, if anyone is. */
export function backgroundSentence({ seats, condorcetWinner }: Outcome, names: Names, lang: Lang): string {
  const available = say(lang, 'outcome', 'seats', { n: seats.available });
  if (condorcetWinner === null) return available;
  const winner = say(lang, 'outcome', 'condorcet-winner', { name: nameOf(names, condorcetWinner) });
  return `${available} ${winner}`;
}
