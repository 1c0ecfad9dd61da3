import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useBackend } from '../host/host-context.ts';
import type { LiveStatus } from './backend.ts';
import { applyChange } from './queries.ts';

/** Keeps every view current while somebody is signed in; answers how that goes. */
export function useLive(signedIn: boolean): LiveStatus {
  const backend = useBackend();
  const client = useQueryClient();
  const [status, setStatus] = useState<LiveStatus>('connecting');
  useEffect(() => {
    if (!signedIn) return;
    return backend.live({ onChange: (change) => applyChange(client, change), onStatus: setStatus });
  }, [backend, client, signedIn]);
  return status;
}
