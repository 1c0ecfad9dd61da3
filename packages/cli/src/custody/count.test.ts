import type { RefusalCode } from '@elekto/custody';
import { describe, expect, it } from 'vitest';

import { describeCount } from './count.ts';
import { unwrap } from './refused.ts';

type Look = NonNullable<Parameters<typeof describeCount>[0]>;

const LOOK = {
  ballots: 4,
  boxHash: 'ab',
  boxFile: 'elections/steering/box.txt',
  inspectedAt: Date.UTC(2026, 2, 9, 12),
  threshold: 2,
  officers: ['ada', 'bob', 'cy'],
  mixers: [],
  decrypted: [],
  due: 'mix',
  note: null,
};
const said = (code: string, due = 'mix'): string =>
  describeCount({ ...LOOK, due, against: { code, message: 'Why.' } } as unknown as Look)
    .slice(-2)
    .join(' ');

const refused = (code: string): string => {
  try {
    unwrap({ ok: false, error: { code: code as RefusalCode, step: '', party: '', message: 'Why.' } });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('what an officer is told to do about a file or an election that is refused', () => {
  it.each([
    'mix-ballots',
    'mix-linkable',
    'decryption-proof',
    'file-signature',
    'box-electors',
    'act-manifest',
    'act-history',
  ])('is to do nothing at %s, and to tell the others', (code) =>
    expect(refused(code)).toBe('Why. Do nothing. Tell the other officers, with this sentence.'),
  );

  it('is what the officer alone can mend', () => {
    expect(refused('act-key')).toContain('Why. Name the key that the ceremony knows with --key-file');
    expect(refused('act-before-end')).toBe(
      'Why. Come back after the end, and look at the clock of this computer.',
    );
    expect(refused('act-election')).toContain('Why. Look at the name of the election');
  });

  it('is nothing more where the sentence says it', () => {
    expect(refused('act-served')).toBe('Why.');
  });
});

describe('what the files say of the key otherwise since the opening', () => {
  it('stands with a count that goes on, and nothing where they say the same', () => {
    const look = { ...LOOK, against: null } as unknown as Look;
    const note = 'The election names no custody file since the opening.';
    expect(describeCount({ ...look, note })).toEqual([
      ...describeCount(look).slice(0, 3),
      '',
      note,
      ...describeCount(look).slice(3),
    ]);
  });
});

describe('what an officer is told to do about what is against a step', () => {
  it('is to propose the box where there is none on the branch, and there alone', () => {
    expect(said('act-not-on-branch')).toContain('Why. Write it to elections/steering/box.txt');
  });

  it('is to come back where only time is lacking', () => {
    expect(said('act-inspection')).toBe('Why. Come back after 2026-03-09 12:00 UTC.');
    expect(said('act-before-end')).toContain('Why. Come back after the end');
  });

  it('is to say so for ever where this computer acted on another box of the run', () => {
    expect(said('act-other-box')).toBe(
      'Why. Do nothing. Tell the other officers, with this sentence. This computer acts on the first box of a run alone, for ever.',
    );
  });

  it.each(['act-two-boxes', 'act-history', 'act-own-ballot', 'anything-else'])(
    'is to do nothing at %s, and to tell the others, also while somebody else is waited for',
    (code) => {
      const nothing = 'Why. Do nothing. Tell the other officers, with this sentence.';
      expect([said(code), said(code, 'wait')]).toEqual([nothing, nothing]);
    },
  );

  it('is to name or bring back the key that holds their share where it is not here, and not to wait', () => {
    expect(said('act-key', 'wait')).toBe(
      'Why. Name the key that the ceremony knows with --key-file, or bring it back from its twelve words with "elekto custody recover".',
    );
    expect(
      describeCount({ ...LOOK, own: 1, mixers: [1], due: 'wait', against: null } as unknown as Look),
    ).toContain('Waiting for 1 of bob, cy.');
  });
});
