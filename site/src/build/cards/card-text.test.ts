import { expect, it } from 'vitest';
import type { PublishedResult } from '@elekto/protocol/published';
import type { PreparedElection } from '../../data/prepared.ts';
import { cardText } from './card-text.ts';

const of = (published: unknown) =>
  cardText(
    {
      name: 'Steering 2026',
      opensAt: Date.UTC(2026, 4, 1),
      closesAt: Date.UTC(2026, 4, 8),
      candidates: [
        { id: 'ada', label: 'Ada' },
        { id: 'bob', label: 'Bob' },
      ],
      published: published as PublishedResult,
    } as unknown as PreparedElection,
    'Org elections',
  ).bottom;
const elected = { outcome: { seats: { elected: ['ada', 'bob'] } } };

it('names who is elected', () => {
  expect(of({ state: 'signed', ...elected })).toBe('Ada and Bob are elected.');
});

it.each(['disputed', 'superseded', 'report', 'pending', 'before'])(
  'names nobody and gives the dates while the result is %s',
  (state) => {
    expect(of({ state, ...elected })).toBe('1 May 2026 – 8 May 2026');
  },
);
