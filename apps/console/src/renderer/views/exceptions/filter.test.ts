import { describe, expect, it } from 'vitest';
import type { ExceptionRequest } from '../../backend/model.ts';
import { countByStatus, filterRequests, neighbour, shownBefore } from './filter.ts';

const request = (id: string, status: ExceptionRequest['status'], name: string): ExceptionRequest => ({
  id,
  election: 'x',
  login: `login-${id}`,
  account: id,
  name,
  email: '',
  reason: 'Translated the manual',
  status,
  version: 1,
  proposal: null,
  requestedAt: 0,
  history: [],
});
const all = [
  request('1', 'open', 'Amara Osei'),
  request('2', 'approved', 'Bo Lindqvist'),
  request('3', 'open', 'Chidi'),
];
const ids = (found: readonly ExceptionRequest[]): string[] => found.map(({ id }) => id);

describe('the queue', () => {
  it('keeps its order under a status', () =>
    expect(ids(filterRequests(all, 'open', ''))).toEqual(['1', '3']));
  it('finds every word anywhere, case aside', () => {
    expect(ids(filterRequests(all, null, 'OSEI manual'))).toEqual(['1']);
    expect(ids(filterRequests(all, null, 'login-2'))).toEqual(['2']);
    expect(ids(filterRequests(all, null, 'osei lindqvist'))).toEqual([]);
  });
  it('goes on from a request that it lists no more to the next one of those that it lists', () => {
    const shown = filterRequests(all, 'open', '');
    expect(neighbour(all, shown, '2', 1)?.id).toBe('3');
    expect(neighbour(all, shown, '2', -1)?.id).toBe('1');
    expect(neighbour(all, shown, '3', 1)?.id).toBe('3');
    expect(neighbour(all, shown, '1', -1)?.id).toBe('1');
    expect(neighbour(all, shown, null, 1)?.id).toBe('1');
    expect(neighbour(all, [], '2', 1)).toBeUndefined();
  });
  it('knows the place of a request that it lists no more', () => {
    const shown = filterRequests(all, 'open', '');
    expect(['1', '2', '3', 'gone', null].map((id) => shownBefore(all, shown, id))).toEqual([0, 1, 1, 0, 0]);
  });
  it('counts each status', () =>
    expect(countByStatus(all)).toEqual({ open: 2, approved: 1, declined: 0, 'more-information': 0 }));
});
