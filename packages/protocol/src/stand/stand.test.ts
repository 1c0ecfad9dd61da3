import { describe, expect, it } from 'vitest';
import { LINKS_LAST, linksEnd, NEXT_STEPS, STAND_KINDS, standOf } from './index.ts';
import type { StandFacts, StandMoment } from './index.ts';

const DUE = 1000;
const CLOSES = 2000;
const facts: StandFacts = {
  roll: 'on',
  voted: false,
  voided: false,
  request: null,
  linkGone: false,
  receiptTells: false,
};
const open: StandMoment = {
  phase: 'open',
  waiting: false,
  held: true,
  published: false,
  opensAt: 500,
  closesAt: CLOSES,
  exceptionsDueAt: DUE,
  now: DUE,
};
const upcoming: StandMoment = { ...open, phase: 'upcoming', now: 400 };
const waiting: StandMoment = { ...upcoming, waiting: true, now: 600 };
const late: StandMoment = { ...open, now: DUE + 1 };
const over: StandMoment = { ...open, phase: 'ended', now: CLOSES + 1 };
const published: StandMoment = { ...over, published: true };
const off = { ...facts, roll: 'off' } as const;

/** Who, when, and what they are told with the one next step. */
const TABLE: [string, Partial<StandFacts>, StandMoment, string, string | null][] = [
  ['on the roll, before the start', {}, upcoming, 'soon', null],
  ['on the roll, start passed and not open', {}, waiting, 'waiting', null],
  ['on the roll', {}, open, 'may-vote', 'vote'],
  ['on the roll, ballot voided', { voided: true }, open, 'vote-again', 'vote'],
  ['on the roll by an approval', { request: 'approved' }, open, 'may-vote', 'vote'],
  ['on the roll, asked in vain before', { request: 'declined' }, open, 'may-vote', 'vote'],
  ['voted', { voted: true }, open, 'voted', 'look'],
  ['voted, taken off the roll since', { voted: true, roll: 'off' }, open, 'voted', 'look'],
  ['voted, and the start was moved', { voted: true }, upcoming, 'voted', null],
  ['not on the roll, at the last moment to ask', off, open, 'may-ask', 'ask'],
  ['not on the roll, before the start', off, upcoming, 'may-ask', 'ask'],
  ['not on the roll, too late to ask', off, late, 'too-late', 'officers'],
  ['asked', { ...off, request: 'open' }, late, 'asked', 'request'],
  ['asked for more', { ...off, request: 'more-information' }, late, 'more-asked', 'reply'],
  ['approved and not added yet', { ...off, request: 'approved' }, open, 'approved', 'request'],
  ['declined', { ...off, request: 'declined' }, open, 'declined', 'request'],
  ['the name was another account’s', { roll: 'taken' }, open, 'taken', 'officers'],
  ['voted, counting', { voted: true }, over, 'over-voted', null],
  ['voted, result published', { voted: true }, published, 'over-counted', 'find'],
  ['voted, link destroyed', { voted: true, linkGone: true }, published, 'over-destroyed', 'results'],
  ['voted under officers, counting', { voted: true, receiptTells: true }, over, 'over-boxed', 'receipt'],
  [
    'voted under officers, link gone',
    { voted: true, receiptTells: true, linkGone: true },
    published,
    'over-boxed',
    'receipt',
  ],
  ['on the roll, over', {}, over, 'over-not-voted', null],
  ['on the roll, result published', {}, published, 'over-not-voted', 'results'],
  ['not on the roll, over', off, published, 'over-not-on-roll', 'results'],
  ['an election held elsewhere', {}, { ...published, held: false }, 'over-elsewhere', 'results'],
  ['approved and never added', { ...off, request: 'approved' }, over, 'over-not-on-roll', null],
  ['asked for more, over', { ...off, request: 'more-information' }, over, 'over-not-on-roll', null],
  ['the name was another account’s, over', { roll: 'taken' }, over, 'over-not-on-roll', null],
];

describe('where a person stands', () => {
  it.each(TABLE)('%s', (_, person, moment, kind, next) => {
    expect(standOf({ ...facts, ...person }, moment)).toEqual({ kind, next });
  });

  it('has a row for every answer and every next step', () => {
    expect(new Set(TABLE.map(([, , , kind]) => kind))).toEqual(new Set(STAND_KINDS));
    expect(new Set(TABLE.flatMap(([, , , , next]) => next ?? []))).toEqual(new Set(NEXT_STEPS));
  });

  it('over all combinations, shows a way to the ballot to exactly those from whom one is taken', () => {
    for (const roll of ['on', 'off', 'taken'] as const)
      for (const voted of [true, false])
        for (const voided of [true, false])
          for (const request of ['open', 'more-information', 'approved', 'declined', null] as const)
            for (const linkGone of [true, false])
              for (const moment of [upcoming, waiting, open, late, over, published]) {
                const { kind, next } = standOf({ ...facts, roll, voted, voided, request, linkGone }, moment);
                const toBallot = next === 'vote' || next === 'look';
                expect(toBallot, `${kind} ${moment.phase}`).toBe(
                  moment.phase === 'open' && (voted || roll === 'on'),
                );
                if (next === 'ask') expect(moment.now).toBeLessThanOrEqual(DUE);
                if (next === 'find') expect([voted, moment.published, linkGone]).toEqual([true, true, false]);
              }
  });
});

describe('until when a passphrase leads to its ballot', () => {
  const rule = { suite: 1, deleteAfter: true, receipts: 'after_close' } as const;
  it('is told before the publication as not before, and after it to the moment', () => {
    expect(linksEnd(rule, CLOSES, null)).toEqual({ kind: 'published', earliest: CLOSES + LINKS_LAST });
    expect(linksEnd(rule, CLOSES, 5000)).toEqual({ kind: 'at', at: 5000 + LINKS_LAST });
  });
  it('is the close where officers open the ballots, whatever else is set', () => {
    for (const receipts of ['none', 'after_close', 'immediate'] as const)
      for (const publishedAt of [null, 5000])
        expect(linksEnd({ ...rule, suite: 2, receipts }, CLOSES, publishedAt)).toEqual({ kind: 'close' });
  });
  it('has no end without delete_after, and ends with the count without receipts', () => {
    expect(linksEnd({ ...rule, deleteAfter: false }, CLOSES, 5000)).toEqual({ kind: 'kept' });
    expect(linksEnd({ ...rule, receipts: 'none' }, CLOSES, null)).toEqual({ kind: 'count' });
  });
});
