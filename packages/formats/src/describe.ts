import type { BallotFile } from './model.ts';
import { formatNamed } from './registry.ts';

/** What was read, on one line: "read as BLT: 450 ballots, 12 candidates, 7 seats". Notes follow. */
export function describeFile(file: BallotFile): string {
  const { ballots, seats, withdrawn, notes } = file;
  const many = (number: number | bigint, one: string): string =>
    `${number} ${one}${BigInt(number) === 1n ? '' : 's'}`;
  const facts = [many(ballots.cast, 'ballot'), many(ballots.candidates.length, 'candidate')];
  if (seats !== null) facts.push(many(seats, 'seat'));
  const left = withdrawn.length === 0 ? [] : [`${withdrawn.join(', ')} withdrew`];
  return [`read as ${formatNamed(file.format).title}: ${facts.join(', ')}`, ...left, ...notes].join('; ');
}
