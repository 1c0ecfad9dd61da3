import { describe, expect, it } from 'vitest';
import { lookUp } from './lookup.ts';

const csv = 'ada,grace\n1,2\nNo opinion,1\n';
const results = JSON.stringify({ trackers: ['aa'.repeat(16), 'bb'.repeat(16)] });

describe('finding a ballot by its tracker', () => {
  it('gives the ranking of the row that stands under it', () => {
    expect(lookUp(csv, results, 'bb'.repeat(16))).toEqual({
      kind: 'found',
      ranking: { grace: 1 },
      candidates: ['ada', 'grace'],
    });
  });

  it('takes trackers as people copy them', () => {
    expect(lookUp(csv, results, ` ${'AA-'.repeat(16)}\n`).kind).toBe('found');
  });

  it('says only that it was counted where the ballots are not published', () => {
    expect(lookUp(null, results, 'bb'.repeat(16))).toEqual({ kind: 'listed' });
    expect(lookUp(null, results, 'cc'.repeat(16)).kind).toBe('not-found');
  });

  it('says when there is none, and when none were published', () => {
    expect(lookUp(csv, results, 'cc').kind).toBe('not-found');
    expect(lookUp(csv, '{"trackers":[]}', 'aa').kind).toBe('no-trackers');
    expect(lookUp(csv, null, 'aa').kind).toBe('no-trackers');
  });
});
