/** The count in words, names instead of ids where they are known. */
import type { Outcome } from '@elekto/tally';
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

interface Decision {
  readonly winners: readonly string[];
  readonly how: string;
}

/** Who takes the seats: by the count, and by the recorded decision where the count left a tie. */
export function electedOf(outcome: Outcome, decision: Decision | null): readonly string[] {
  const { elected } = outcome.seats;
  return decision === null
    ? elected
    : [...elected, ...decision.winners.filter((id) => !elected.includes(id))];
}

/** The sentence that goes before everything else. */
export function headline(outcome: Outcome, decision: Decision | null, name: Namer): string {
  const elected = electedOf(outcome, decision);
  if (elected.length > 0)
    return `${listNames(elected, name)} ${elected.length === 1 ? 'is' : 'are'} elected.`;
  return outcome.seats.boundaryTie === null ? 'Nobody is elected.' : 'No seat is filled by the count alone.';
}

/** What a tie at the last seat means; null where there is none. */
export function tieSentence(outcome: Outcome, name: Namer): string | null {
  const tie = outcome.seats.boundaryTie;
  if (tie === null) return null;
  const seats = tie.seats === 1 ? 'the last seat' : `the last ${tie.seats} seats`;
  return `${listNames(tie.candidates, name)} are tied for ${seats}.`;
}

/** Candidates in the order of their places, ties by id: the order of rows and columns everywhere. */
export function rankedIds(outcome: Outcome): readonly string[] {
  return outcome.places.flatMap(({ candidates }) => candidates);
}
