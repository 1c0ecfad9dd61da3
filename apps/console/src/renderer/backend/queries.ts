/** What the views ask for, cached by election and kind so that a live change asks again for just that. */
import { MutationCache, QueryCache, QueryClient, useQuery, type QueryState } from '@tanstack/react-query';
import type { ElectionKey } from '@elekto/election';
import { useBackend } from '../host/host-context.ts';
import { setServerNow } from '../lib/server-clock.ts';
import { Refused, Unreachable, type Change } from './backend.ts';

/** How often the console asks again by itself while the server cannot be reached. */
export const TRY_EVERY_MS = 5_000;

const isAway = (error: unknown): boolean => error instanceof Unreachable;

/** Ms to the next try while the server is away, else as often as given; false for never. */
const whenAway =
  (otherwise: number | false) =>
  ({ state }: { readonly state: Pick<QueryState, 'error' | 'fetchFailureReason'> }): number | false =>
    isAway(state.error) || isAway(state.fetchFailureReason) ? TRY_EVERY_MS : otherwise;

export function createQueryClient(): QueryClient {
  // A sign-in can end at any call: the shell then asks who is signed in, and shows the way back in.
  const onError = (error: unknown): void => {
    if (!(error instanceof Refused) || error.kind !== 'not-signed-in') return;
    void client.invalidateQueries({ queryKey: ['me'] });
    void client.invalidateQueries({ queryKey: ['accounts'] });
  };
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError,
      // The server is there again: what could not be had of it is asked for, too.
      onSuccess: (_, { queryKey: [kind] }) => {
        if (kind !== 'overview' && kind !== 'me') return;
        void client.invalidateQueries({ predicate: ({ state }) => isAway(state.error) });
      },
    }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        refetchOnWindowFocus: true,
        staleTime: 5_000,
        retry: (failures, error) => error instanceof Unreachable && failures < 1,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}

/** Asks again for what changed. Without a key, for that kind in every election. */
export function applyChange(client: QueryClient, change: Change): void {
  void client.invalidateQueries({ queryKey: ['overview'] });
  if (change.kind === 'elections') {
    void client.invalidateQueries();
    return;
  }
  void client.invalidateQueries({
    queryKey: change.key === null ? [change.kind] : [change.kind, change.key],
  });
}

export function useMe() {
  const backend = useBackend();
  return useQuery({ queryKey: ['me'], refetchInterval: whenAway(false), queryFn: () => backend.me() });
}

/** Whose accounts people sign in with; undefined until the server has said it. */
export function useProvider() {
  const backend = useBackend();
  return useQuery({ queryKey: ['provider'], staleTime: Infinity, queryFn: () => backend.provider() }).data;
}

export function useOverview(enabled = true) {
  const backend = useBackend();
  return useQuery({
    queryKey: ['overview'],
    enabled,
    // A moved clock or deadline shows within a minute, whatever became of the live stream.
    refetchInterval: whenAway(60_000),
    queryFn: async () => {
      const overview = await backend.overview();
      setServerNow(overview.now);
      return overview;
    },
  });
}

/** Names, employers, folder and the roll's text. */
export function useDefinition(key: ElectionKey) {
  const backend = useBackend();
  return useQuery({ queryKey: ['definition', key], queryFn: () => backend.definition(key) });
}

export function useTurnout(key: ElectionKey) {
  const backend = useBackend();
  return useQuery({ queryKey: ['turnout', key], queryFn: () => backend.turnout(key) });
}

export function useExceptions(key: ElectionKey) {
  const backend = useBackend();
  return useQuery({ queryKey: ['exceptions', key], queryFn: () => backend.exceptions(key) });
}

export function useRoll(key: ElectionKey) {
  const backend = useBackend();
  return useQuery({ queryKey: ['roll', key], queryFn: () => backend.roll(key) });
}

export function useResult(key: ElectionKey, enabled: boolean) {
  const backend = useBackend();
  return useQuery({ queryKey: ['outcome', key], enabled, queryFn: () => backend.result(key) });
}

/** What the public is told of the result. */
export function usePublicResult(key: ElectionKey) {
  const backend = useBackend();
  return useQuery({ queryKey: ['outcome', key, 'public'], queryFn: () => backend.publicResult(key) });
}

export function useAudit(key: ElectionKey) {
  const backend = useBackend();
  return useQuery({ queryKey: ['audit', key], queryFn: () => backend.audit(key) });
}
