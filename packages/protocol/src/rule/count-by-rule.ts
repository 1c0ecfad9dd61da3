import { BallotTable, count, countBack, formatBallotsCsv, withoutCandidates } from '@elekto/tally';
import type { Ballot, BallotSet, CountOptions, Outcome, Vacancies } from '@elekto/tally';
import type { Rule } from './rule.ts';

/** Ranks in the order of the rule's candidates, 0 = not ranked. */
interface Row {
  readonly ranks: readonly number[];
}

/** What was decided about a tie, as far as the count needs it. */
export interface Decision {
  readonly winners: readonly string[];
  readonly how: string;
}

function* rows(ballots: Iterable<Row>): Generator<Ballot> {
  for (const { ranks } of ballots) yield { ranks: ranks.map((rank) => (rank === 0 ? null : rank)) };
}

/**
 * Counts ballots by a rule: the one place where the counting engine is given its options. Who was struck out is
 * taken out of every ballot, whose other ranks stay as they are (gaps mean nothing, ties stay); limits and
 * seats see only those who stand. The same ballots and decisions always give the same outcome.
 * @throws CountError when the method refuses so many candidates, or a decision names somebody who does not stand.
 */
export const countByRule = (rule: Rule, ballots: Iterable<Row>, decisions: readonly Decision[]): Outcome =>
  countSet(rule, { candidates: rule.candidates, ballots: rows(ballots) }, decisions);

/** Ballots between two turns of others. */
const BETWEEN_TURNS = 100;

/**
 * As `countByRule`, for an election of tens of thousands: `turn` is awaited now and then while ballots are read, so that others may do
 * something meanwhile. What follows from the pairs alone is one turn, however many ballots there are.
 */
export async function countInTurns(
  rule: Rule,
  ballots: Iterable<Row>,
  decisions: readonly Decision[],
  turn: () => Promise<void>,
): Promise<Outcome> {
  const set = standing(rule, { candidates: rule.candidates, ballots: rows(ballots) });
  const table = new BallotTable(set.candidates);
  let read = 0;
  for (const { ranks } of set.ballots) {
    table.add(ranks);
    read += 1;
    if (read % BETWEEN_TURNS === 0) await turn();
  }
  await turn();
  return count(table, optionsOf(rule, decisions));
}

/** As `countByRule`, for ballots whose columns may stand in another order or be others than the rule's candidates. */
export const countSet = (rule: Rule, set: BallotSet, decisions: readonly Decision[] = []): Outcome =>
  count(standing(rule, set), optionsOf(rule, decisions));

/**
 * Fills seats that fell vacant after an election was counted by a rule, from the same ballots.
 * @throws CountError as `countBack` does.
 */
export const countBackSet = (
  rule: Rule,
  set: BallotSet,
  decisions: readonly Decision[],
  vacancies: Vacancies,
): Outcome => countBack(standing(rule, set), optionsOf(rule, decisions), vacancies);

const standing = ({ struck }: Rule, set: BallotSet): BallotSet => withoutCandidates(set, new Set(struck));

function optionsOf(
  { struck, counting, edition, seats, limit, houseRules }: Rule,
  decisions: readonly Decision[],
): CountOptions {
  return {
    ...counting,
    ...(edition === undefined ? {} : { edition }),
    seats,
    decisions: decisions.map(({ winners, how }) => ({ winners, how })),
    ...seatOptions(limit, houseRules, new Set(struck)),
  };
}

/** The rules about seats of those who stand. Seats are kept for groups by the names that the rule gives them, also under a limit. */
function seatOptions(
  limit: Rule['limit'],
  { noneOfTheAbove, groups, vacancies: _vacancies, ...rest }: NonNullable<Rule['houseRules']> = {},
  gone: ReadonlySet<string>,
): CountOptions {
  const those = (values: Readonly<Record<string, string>>): Map<string, string> =>
    new Map(Object.entries(values).filter(([id]) => !gone.has(id)));
  return {
    ...rest,
    ...(noneOfTheAbove === undefined || gone.has(noneOfTheAbove.candidate) ? {} : { noneOfTheAbove }),
    ...(groups === undefined
      ? {}
      : {
          groups: {
            field: groups.field,
            seats: new Map(Object.entries(groups.seats)),
            values: those(groups.values),
          },
        }),
    ...(limit === null ? {} : { limit: { ...limit, values: those({ ...limit.values, ...groups?.values }) } }),
  };
}

/** ballots.csv in Elekto's format, rows in the order given. */
export const ballotsToCsv = ({ candidates }: Pick<Rule, 'candidates'>, ballots: Iterable<Row>): string =>
  formatBallotsCsv({ candidates, ballots: rows(ballots) });
