import { STAND_KINDS } from '@elekto/protocol/stand';
import { expect, it } from 'vitest';
import { badgeOf } from './badge.ts';

it('of an election that is over a badge says only that somebody voted', () => {
  const over = STAND_KINDS.filter((kind) => kind.startsWith('over-'));
  expect(over.length).toBeGreaterThan(0);
  for (const kind of over) {
    expect(badgeOf({ voted: false, stand: { kind, next: 'results' } }), kind).toBe('');
    expect(badgeOf({ voted: true, stand: { kind, next: 'results' } }), kind).toBe('voted');
  }
});

it('before that it tells who may vote, who waits for the officers, and who may not', () => {
  const of = (kind: (typeof STAND_KINDS)[number], next: 'vote' | 'ask' | null) =>
    badgeOf({ voted: false, stand: { kind, next } });
  expect([of('may-vote', 'vote'), of('vote-again', 'vote'), of('soon', null), of('waiting', null)]).toEqual(
    Array(4).fill('eligible'),
  );
  expect([of('asked', null), of('more-asked', 'ask'), of('approved', null)]).toEqual(Array(3).fill('asked'));
  expect([of('may-ask', 'ask'), of('too-late', null), of('declined', null)]).toEqual(Array(3).fill('not'));
});
