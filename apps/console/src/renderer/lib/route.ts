/** Pages live in the URL's hash, so that the same build runs below /console/ and on app://. */
import { useSyncExternalStore } from 'react';
import type { ElectionKey } from '@elekto/election';

export const TABS = [
  'overview',
  'rehearsal',
  'exceptions',
  'roll',
  'turnout',
  'result',
  'publish',
  'record',
] as const;
export type Tab = (typeof TABS)[number];

export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'settings' }
  | { readonly page: 'election'; readonly key: ElectionKey; readonly tab: Tab };

/** `#/elections/<key>/<tab>`; anything else is the home page. */
export function parseRoute(hash: string): Route {
  const [area, key, tab] = hash.replace(/^#\/?/, '').split('/');
  if (area === 'settings') return { page: 'settings' };
  if (area !== 'elections' || key === undefined || key === '') return { page: 'home' };
  return { page: 'election', key: decode(key), tab: TABS.find((known) => known === tab) ?? 'overview' };
}

/** The inverse of `parseRoute`. */
export function formatRoute(route: Route): string {
  if (route.page === 'home') return '#/';
  if (route.page === 'settings') return '#/settings';
  return `#/elections/${encodeURIComponent(route.key)}/${route.tab}`;
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
