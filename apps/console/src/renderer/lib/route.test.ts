import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, TABS } from './route.ts';

describe('routes in the hash', () => {
  it('come back as they went', () => {
    for (const tab of TABS) {
      const route = { page: 'election', key: 'steering---2025/ä %', tab } as const;
      expect(parseRoute(formatRoute(route))).toEqual(route);
    }
    const item = { page: 'election', key: 'a/b', tab: 'roll', item: 'ä/%2F' } as const;
    expect(parseRoute(formatRoute(item))).toEqual(item);
    expect(parseRoute(formatRoute({ page: 'home' }))).toEqual({ page: 'home' });
    expect(parseRoute(formatRoute({ page: 'settings' }))).toEqual({ page: 'settings' });
  });

  it.each(['', '#', '#/', '#/elections/', '#/nonsense'])('%j is the home page', (hash) =>
    expect(parseRoute(hash)).toEqual({ page: 'home' }),
  );

  it('shows the overview for a page it does not know, and survives broken escapes', () => {
    expect(parseRoute('#/elections/a/what')).toEqual({ page: 'election', key: 'a', tab: 'overview' });
    expect(parseRoute('#/elections/%E0%A4%A/result')).toEqual({
      page: 'election',
      key: '%E0%A4%A',
      tab: 'result',
    });
  });
});
