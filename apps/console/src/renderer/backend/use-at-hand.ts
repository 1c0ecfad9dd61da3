import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useBackend } from '../host/host-context.ts';
import type { AtHand } from '../lib/palette.ts';
import type { Route } from '../lib/route.ts';
import type { ElectionOverview } from './model.ts';

/** The election whose page is open, with its people, asked for where they are not known yet. */
export function useAtHand(elections: readonly ElectionOverview[], route: Route): AtHand | null {
  const backend = useBackend();
  const key = route.page === 'election' ? route.key : '';
  const election = elections.find((each) => each.key === key);
  const enabled = election !== undefined;
  const requests = useQuery({
    queryKey: ['exceptions', key],
    enabled,
    queryFn: () => backend.exceptions(key),
  });
  const roll = useQuery({ queryKey: ['roll', key], enabled, queryFn: () => backend.roll(key) });
  const definition = useQuery({
    queryKey: ['definition', key],
    enabled,
    queryFn: () => backend.definition(key),
  });
  return useMemo(
    () =>
      election === undefined
        ? null
        : { election, requests: requests.data, roll: roll.data, definition: definition.data },
    [election, requests.data, roll.data, definition.data],
  );
}
