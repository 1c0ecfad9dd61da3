import type { AppliedDecision, OpenTie, Outcome, Round, Seats } from '@elekto/tally';

/** A tie without the value of the limit, which follows from the candidates. */
type Tie = Omit<OpenTie, 'value'>;

/**
 * An outcome without its sentences: what is signed, and what a recount has to give again. Steps, explanations,
 * warnings, the reasons of who was passed over and the messages of rounds are written for people; whoever
 * counts the ballots has them.
 */
export interface OutcomeData extends Omit<
  Outcome,
  'seats' | 'rounds' | 'warnings' | 'steps' | 'explanation'
> {
  readonly seats: Omit<Seats, 'skipped' | 'openTies' | 'decisions'> & {
    /** Ties that nobody has decided, in the order they were met; their seats are empty. */
    readonly openTies: readonly Tie[];
    /** Who was passed over by the limit on seats. */
    readonly skipped: readonly string[];
    readonly decisions: readonly Omit<AppliedDecision, 'value'>[];
  };
  readonly rounds: readonly Omit<Round, 'events'>[];
}

/** An outcome as format 1 states it: with sentences in it, and the first open tie only. */
export type OutcomeOfFormat1 = Omit<Outcome, 'seats'> & {
  readonly seats: Omit<Seats, 'openTies' | 'decisions'> & {
    readonly boundaryTie: Omit<OpenTie, 'value'> | null;
    readonly decisions: readonly Omit<Seats['decisions'][number], 'value'>[];
  };
};

/** The data of an outcome. */
export function dataOf(outcome: Outcome | OutcomeOfFormat1): OutcomeData {
  const { seats, rounds, warnings: _warnings, steps: _steps, explanation: _explanation, ...rest } = outcome;
  const { available, elected, skipped, decisions, terms } = seats;
  return {
    ...rest,
    seats: {
      available,
      elected,
      openTies: openTiesOf(seats).map(withoutValue),
      skipped: skipped.map(({ candidate }) => candidate),
      decisions: decisions.map(({ winners, how, ...tie }) => ({ ...withoutValue(tie), winners, how })),
      ...(terms === undefined ? {} : { terms }),
    },
    rounds: rounds.map(({ round, quota, votes, exhausted, elected: seated, excluded }) => ({
      round,
      quota,
      votes,
      exhausted,
      elected: seated,
      excluded,
    })),
  };
}

function openTiesOf(seats: Outcome['seats'] | OutcomeOfFormat1['seats']): readonly Tie[] {
  if ('openTies' in seats) return seats.openTies;
  return seats.boundaryTie === null ? [] : [seats.boundaryTie];
}

const withoutValue = ({ candidates, seats, term }: Tie): Tie => ({
  candidates,
  seats,
  ...(term === undefined ? {} : { term }),
});
