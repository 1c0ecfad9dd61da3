import { useHost } from '../host/host-context.ts';
import type { Tab } from '../lib/route.ts';
import texts from '../texts/said.json' with { type: 'json' };
import { useToast } from './toast.tsx';

/** Shows a page of an election in a window of its own, or says why there is none. Null where there are no windows. */
export function useOwnWindow(): ((election: string, page: Tab) => Promise<void>) | null {
  const { windows } = useHost();
  const toast = useToast();
  if (windows === null) return null;
  return async (election, page) => {
    if (!(await windows.open(election, page))) toast(texts.windows);
  };
}
