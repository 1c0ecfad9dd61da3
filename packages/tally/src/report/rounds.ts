import type { Outcome } from '../model.ts';
import { toDecimal } from '../stv/fraction.ts';

/** Decimals of votes on paper; the data is exact. */
const DECIMALS = 2;

/** The rounds as a table: a row a candidate, a column a round, then votes that rank nobody left. */
export function roundTable({ rounds, places }: Outcome): string[][] {
  const order = places.flatMap(({ candidates }) => candidates);
  const cells = (id: string): string[] =>
    rounds.map(({ votes }) => (Object.hasOwn(votes, id) ? toDecimal(votes[id] as string, DECIMALS) : ''));
  return [
    ['', ...rounds.map(({ round }) => String(round))],
    ...order.map((id) => [id, ...cells(id)]),
    ['exhausted', ...rounds.map(({ exhausted }) => toDecimal(exhausted, DECIMALS))],
  ];
}
