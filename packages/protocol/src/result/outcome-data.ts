import type { BoundaryTie, Outcome, Round, Seats } from '@elekto/tally';

/**
 * An outcome without its sentences: what a recount has to give again. Steps, explanations, warnings, the
 * reasons of who was passed over and the messages of rounds are written for people and may be worded anew.
 */
export interface OutcomeData extends Omit<
  Outcome,
  'seats' | 'rounds' | 'warnings' | 'steps' | 'explanation'
> {
  readonly seats: Omit<Seats, 'skipped' | 'boundaryTie'> & {
    /** Ties that nobody has decided, in the order they were met. */
    readonly openTies: readonly BoundaryTie[];
    /** Who was passed over by the limit on seats. */
    readonly skipped: readonly string[];
  };
  readonly rounds: readonly Omit<Round, 'message'>[];
}

/** The data of an outcome. */
export function dataOf(outcome: Outcome): OutcomeData {
  const { seats, rounds, warnings: _warnings, steps: _steps, explanation: _explanation, ...rest } = outcome;
  const { available, elected, boundaryTie, skipped, decisions } = seats;
  return {
    ...rest,
    seats: {
      available,
      elected,
      openTies: boundaryTie === null ? [] : [boundaryTie],
      skipped: skipped.map(({ candidate }) => candidate),
      decisions,
    },
    rounds: rounds.map(({ message: _, ...round }) => round),
  };
}
