import type { BallotFile, FormatName, ReadOptions } from './model.ts';
import { readBallotFile } from './read.ts';
import { tiersOf } from './tiers.ts';

type Options = ReadOptions & { readonly from?: FormatName };

/** A file of ballots in short, for tests: candidates, then a line for each ballot, "3 A>B=C". */
export function shown(file: BallotFile): string {
  const { ballots } = file;
  const rows = Array.from(ballots.ballots, (ballot) => {
    const ranking = tiersOf(ballot).map((tier) => tier.map((i) => ballots.candidates[i]).join('='));
    return `${ballot.count ?? 1} ${ranking.join('>') || '-'}`;
  });
  return [ballots.candidates.join(' '), ...rows].join('\n');
}

/** What a text reads as, in short. */
export function read(text: string | Uint8Array, options: Options = {}): string {
  return shown(readBallotFile(text, options));
}

/** What is wrong with a text, with its place. */
export function problem(text: string | Uint8Array, options: Options = {}): string {
  try {
    readBallotFile(text, options);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no problem';
}
