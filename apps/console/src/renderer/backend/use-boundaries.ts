import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Instant } from '@elekto/election';
import { serverNow } from '../lib/server-clock.ts';
import type { ElectionOverview } from './model.ts';

/** setTimeout's limit; a later moment is looked at again then. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The next moment at which an election opens or closes; null when none is to come. */
export function nextBoundary(elections: readonly ElectionOverview[], now: Instant): Instant | null {
  const coming = elections.flatMap(({ opensAt, closesAt }) => [opensAt, closesAt]).filter((at) => at > now);
  return coming.length === 0 ? null : Math.min(...coming);
}

/** Asks again just after an election opened or closed: no event announces that, only the clock. */
export function useBoundaries(elections: readonly ElectionOverview[]): void {
  const client = useQueryClient();
  useEffect(() => {
    const now = serverNow();
    const at = nextBoundary(elections, now);
    if (at === null) return;
    const timer = setTimeout(
      () => void client.invalidateQueries(),
      Math.min(at - now + 1_000, LONGEST_TIMER_MS),
    );
    return () => clearTimeout(timer);
  }, [client, elections]);
}
