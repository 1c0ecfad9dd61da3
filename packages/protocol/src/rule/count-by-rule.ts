import { count, formatBallotsCsv } from '@elekto/tally';
import type { Ballot, Outcome } from '@elekto/tally';
import type { Rule } from './rule.ts';

/** Ranks in the order of the rule's candidates, 0 = no opinion. */
interface Row {
  readonly ranks: readonly number[];
}

/** What was decided about a tie, as far as the count needs it. */
interface Decision {
  readonly winners: readonly string[];
  readonly how: string;
}

function* rows(ballots: Iterable<Row>): Generator<Ballot> {
  for (const { ranks } of ballots) yield { ranks: ranks.map((rank) => (rank === 0 ? null : rank)) };
}

/**
 * Counts ballots by a rule: the one place where the counting engine is given its options. The same ballots
 * and decisions always give the same outcome.
 */
export const countByRule = (
  { candidates, counting, seats, limit }: Rule,
  ballots: Iterable<Row>,
  decisions: readonly Decision[],
): Outcome =>
  count(
    { candidates, ballots: rows(ballots) },
    {
      ...counting,
      seats,
      decisions: decisions.map(({ winners, how }) => ({ winners, how })),
      ...(limit === null ? {} : { limit: { ...limit, values: new Map(Object.entries(limit.values)) } }),
    },
  );

/** ballots.csv in Elekto's format, rows in the order given. */
export const ballotsToCsv = ({ candidates }: Pick<Rule, 'candidates'>, ballots: Iterable<Row>): string =>
  formatBallotsCsv({ candidates, ballots: rows(ballots) });
