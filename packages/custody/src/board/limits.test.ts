import { readFileSync } from 'node:fs';
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

it('is what the documents say of 42, a hundred and a thousand candidates', () => {
  // To two digits, downwards.
  const [few, hundred, thousand] = [42, 100, 1000].map((candidates) => {
    const most = mostBallots(candidates);
    const unit = 10 ** (String(most).length - 2);
    return (Math.floor(most / unit) * unit).toLocaleString('en');
  });
  const text = readFileSync(new URL('../../../../docs/officers.md', import.meta.url), 'utf8');
  expect(text.replace(/\s+/g, ' ')).toContain(
    `They can count ${few} ballots of up to 42 candidates, ${hundred} of a hundred and ${thousand} of a thousand;`,
  );
});
