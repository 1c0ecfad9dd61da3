import type { AppliedDecision, OpenTie, Outcome, Round, Seats } from '@elekto/tally';

/** A tie without the value of the limit, which follows from the candidates. */
type Tie = Omit<OpenTie, 'value'>;

/**
 * An outcome without its sentences: what a recount has to give again. Steps, explanations, warnings, the
 * reasons of who was passed over and the messages of rounds are written for people and may be worded anew.
 */
export interface OutcomeData extends Omit<
  Outcome,
  'seats' | 'rounds' | 'warnings' | 'steps' | 'explanation'
> {
  readonly seats: Omit<Seats, 'skipped' | 'openTies' | 'decisions'> & {
    /** Ties that nobody has decided, in the order they were met. */
    readonly openTies: readonly Tie[];
    /** Who was passed over by the limit on seats. */
    readonly skipped: readonly string[];
    readonly decisions: readonly Omit<AppliedDecision, 'value'>[];
  };
  readonly rounds: readonly Omit<Round, 'events' | 'message'>[];
}

/** The seats of an outcome in a file of format 1, which names the first open tie only. */
interface SeatsOfFormat1 extends Omit<Seats, 'openTies'> {
  readonly boundaryTie: Tie | null;
}

/** The data of an outcome, also of one in a file of format 1. */
export function dataOf(outcome: Outcome): OutcomeData {
  const { seats, rounds, warnings: _warnings, steps: _steps, explanation: _explanation, ...rest } = outcome;
  const { available, elected, skipped, decisions } = seats;
  return {
    ...rest,
    seats: {
      available,
      elected,
      openTies: openTiesOf(seats).map(withoutValue),
      skipped: skipped.map(({ candidate }) => candidate),
      decisions: decisions.map(({ winners, how, ...tie }) => ({ ...withoutValue(tie), winners, how })),
    },
    rounds: rounds.map(({ events: _events, message: _message, ...round }) => round),
  };
}

/** The data of a recount, as far as the published outcome says it: one of format 1 names one open tie. */
export function recountOf(recount: Outcome, published: Outcome): OutcomeData {
  const data = dataOf(recount);
  if (!('boundaryTie' in published.seats)) return data;
  return { ...data, seats: { ...data.seats, openTies: data.seats.openTies.slice(0, 1) } };
}

function openTiesOf(seats: Seats | SeatsOfFormat1): readonly Tie[] {
  if ('openTies' in seats) return seats.openTies;
  return seats.boundaryTie === null ? [] : [seats.boundaryTie];
}

const withoutValue = ({ candidates, seats }: Tie): Tie => ({ candidates, seats });
