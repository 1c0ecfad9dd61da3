/** Pages live in the URL's hash, so that the same build runs below /console/ and on app://. */
import { useSyncExternalStore } from 'react';
import type { ElectionKey } from '@elekto/election';
import { PAGES } from '../../shared/pages.ts';

export const TABS = PAGES;
export type Tab = (typeof TABS)[number];

/** What each page of an election is called. */
export const TAB_WORDS: Readonly<Record<Tab, string>> = {
  overview: 'Overview',
  rehearsal: 'Rehearsal',
  exceptions: 'Exceptions',
  roll: 'Voter roll',
  turnout: 'Turnout',
  result: 'Result',
  publish: 'Publish',
  announce: 'Announce',
  record: 'Record',
};

export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'settings' }
  | { readonly page: 'keys' }
  | { readonly page: 'count' }
  | {
      readonly page: 'election';
      readonly key: ElectionKey;
      readonly tab: Tab;
      /** What is looked at on that page: a request by its id, a login of the roll. */
      readonly item?: string;
    };

/** `#/elections/<key>/<tab>/<item>`; anything else is the home page. */
export function parseRoute(hash: string): Route {
  const [area, key, tab, item] = hash.replace(/^#\/?/, '').split('/');
  if (area === 'settings' || area === 'keys' || area === 'count') return { page: area };
  if (area !== 'elections' || key === undefined || key === '') return { page: 'home' };
  const route = {
    page: 'election',
    key: decode(key),
    tab: TABS.find((known) => known === tab) ?? 'overview',
  } as const;
  return item === undefined || item === '' ? route : { ...route, item: decode(item) };
}

/** The inverse of `parseRoute`. */
export function formatRoute(route: Route): string {
  if (route.page === 'home') return '#/';
  if (route.page !== 'election') return `#/${route.page}`;
  const page = `#/elections/${encodeURIComponent(route.key)}/${route.tab}`;
  return route.item === undefined ? page : `${page}/${encodeURIComponent(route.item)}`;
}

export function goTo(route: Route): void {
  window.location.hash = formatRoute(route);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return parseRoute(hash);
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
