/** The count in words, names instead of ids where they are known. */
import type { AppliedDecision, OpenTie, Outcome } from '@elekto/tally';
import type { CandidateCard } from '../backend/model.ts';

export type Namer = (id: string) => string;

/** From an id to the candidate's name; the id itself where no name is known. */
export function namer(candidates: readonly CandidateCard[]): Namer {
  const names = new Map(candidates.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

/** "Ada, Grace and Edsger". */
export function listNames(ids: readonly string[], name: Namer): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(ids.map(name));
}

/** The sentence that goes before everything else. */
export function headline({ seats }: Outcome, name: Namer): string {
  const { elected, openTies } = seats;
  if (elected.length > 0)
    return `${listNames(elected, name)} ${elected.length === 1 ? 'is' : 'are'} elected.`;
  return openTies.length === 0 ? 'Nobody is elected.' : 'No seat is filled by the count alone.';
}

const lastSeats = (seats: number): string => (seats === 1 ? 'the last seat' : `the last ${seats} seats`);

/** What an open tie means. */
export function tieSentence(tie: OpenTie, name: Namer): string {
  return `${listNames(tie.candidates, name)} are tied for ${lastSeats(tie.seats)}.`;
}

/** How a tie was decided. */
export function decidedSentence({ candidates, seats, winners, how }: AppliedDecision, name: Namer): string {
  return `${listNames(candidates, name)} were tied for ${lastSeats(seats)}; decided for ${listNames(winners, name)}: ${how}`;
}

/** Candidates in the order of their places, ties by id: the order of rows and columns everywhere. */
export function rankedIds(outcome: Outcome): readonly string[] {
  return outcome.places.flatMap(({ candidates }) => candidates);
}
