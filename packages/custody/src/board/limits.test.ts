import { expect, it } from 'vitest';
import { pointsPerBallot } from '../ballot/rules.ts';
import { mixBytes } from '../mix/body.ts';
import { writeFile } from './file.ts';
import { MOST_CANDIDATES, MOST_FILE_BYTES, mostBallots } from './limits.ts';

/** A mix of so many ballots as a file, its body of zeros. */
const fileOf = (ballots: number, candidates: number): number => {
  const body = new Uint8Array(mixBytes(ballots, pointsPerBallot({ candidates, tracker: false })));
  const hash = new Uint8Array(32);
  const draft = { kind: 'mix', manifestHash: hash, seq: 99, prevHash: hash, officer: 64, body } as const;
  return writeFile(draft, new Uint8Array(32).fill(1)).length;
};

it.each([1, 12, 43, 500, MOST_CANDIDATES])(
  'a mix of as many ballots as are allowed is a file that is taken, of %i candidates',
  (candidates) => {
    const most = mostBallots(candidates);
    expect(fileOf(most, candidates)).toBeLessThanOrEqual(MOST_FILE_BYTES);
    expect(fileOf(most + 20, candidates)).toBeGreaterThan(MOST_FILE_BYTES);
  },
);
