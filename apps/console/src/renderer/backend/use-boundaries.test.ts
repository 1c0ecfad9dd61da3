import { describe, expect, it } from 'vitest';
import { makeElection, NOW } from '../../../tests/harness/fixtures.ts';
import { nextBoundary } from './use-boundaries.ts';

const election = (opensAt: number, closesAt: number) =>
  makeElection({
    key: 'x',
    name: 'X',
    opensAt,
    closesAt,
    state: null,
    seats: 1,
    candidates: 2,
    eligible: 3,
    cast: 0,
    requests: 0,
  }).overview;

describe('the next moment that matters', () => {
  it('is the earliest opening or closing that is still to come', () => {
    const all = [election(NOW - 10, NOW + 50), election(NOW + 20, NOW + 90)];
    expect(nextBoundary(all, NOW)).toBe(NOW + 20);
    expect(nextBoundary(all, NOW + 20)).toBe(NOW + 50);
    expect(nextBoundary(all, NOW + 90)).toBeNull();
  });
});
