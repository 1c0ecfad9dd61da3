/** The console as a page of the server: the site's session cookie, the browser's own downloads. */
import type { MostCalls } from '@elekto/api';
import { httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTrpcBackend } from '../backend/trpc-backend.ts';
import type { Host } from './host.ts';
import { webTheme } from './web-theme.ts';

/** What the server takes in one request. */
export const MOST_CALLS: MostCalls = 20;
/** Required by the server on mutations: another site cannot send it along. */
const HEADERS = { 'x-elekto': '1' };

export function createWebHost(): Host {
  const backend = createTrpcBackend(
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url: '/trpc' }),
      false: httpBatchLink({
        url: '/trpc',
        maxItems: MOST_CALLS,
        headers: HEADERS,
        fetch: (url, init) => fetch(url, { ...init, credentials: 'same-origin' } as RequestInit),
      }),
    }),
  );
  return {
    kind: 'web',
    backend,
    accounts: null,
    rolls: null,
    github: null,
    keys: null,
    counts: null,
    windows: null,
    theme: webTheme,
    saveFile: async (name, content) => {
      download(name, content);
      return 'saved';
    },
    savePdf: async () => {
      window.print();
      return 'saved';
    },
    openExternal: async (url) => {
      if (new URL(url).protocol !== 'https:') throw new Error('Only https pages are opened.');
      window.open(url, '_blank', 'noopener,noreferrer');
    },
    copyText: (text) => navigator.clipboard.writeText(text),
    site: async () => window.location.origin,
    about: async () => ({ host: 'browser', platform: navigator.platform }),
    onCommand: () => () => undefined,
  };
}

function download(name: string, content: string | Uint8Array): void {
  const part = typeof content === 'string' ? content : new Uint8Array(content);
  const url = URL.createObjectURL(new Blob([part]));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
