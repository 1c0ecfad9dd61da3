import { describe, expect, it } from 'vitest';

import { describeCount } from './count.ts';

type Look = NonNullable<Parameters<typeof describeCount>[0]>;

const said = (code: string): string =>
  describeCount({
    ballots: 4,
    boxHash: 'ab',
    boxFile: 'elections/steering/box.txt',
    inspectedAt: Date.UTC(2026, 2, 9, 12),
    threshold: 2,
    officers: ['ada', 'bob', 'cy'],
    mixers: [],
    decrypted: [],
    due: 'mix',
    against: { code, message: 'Why.' },
  } as unknown as Look)
    .slice(-2)
    .join(' ');

describe('what an officer is told to do about what is against a step', () => {
  it('is to propose the box where there is none on the branch, and there alone', () => {
    expect(said('act-not-on-branch')).toContain('Why. Write it to elections/steering/box.txt');
  });

  it('is to come back where only time is lacking', () => {
    expect(said('act-inspection')).toBe('Why. Come back after 2026-03-09 12:00 UTC.');
    expect(said('act-before-end')).toContain('Why. Come back after the end');
  });

  it.each(['act-two-boxes', 'act-other-box', 'act-history', 'act-own-ballot', 'anything-else'])(
    'is to do nothing at %s, and to tell the others',
    (code) => expect(said(code)).toBe('Why. Do nothing. Tell the other officers, with this sentence.'),
  );
});
