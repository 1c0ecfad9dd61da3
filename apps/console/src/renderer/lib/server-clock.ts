/** The server's clock as the console knows it: the last answer's time plus what has passed since. */
import { useEffect, useState } from 'react';
import type { Instant } from '@elekto/election';

let offset = 0;

/** Told with every overview; from then on `serverNow` follows the server. */
export function setServerNow(now: Instant): void {
  offset = now - Date.now();
}

export function serverNow(): Instant {
  return Date.now() + offset;
}

/** The server's time, refreshed every `everyMs` so that "time left" stays true on a page left open. */
export function useNow(everyMs = 15_000): Instant {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return Math.max(now, serverNow() - everyMs);
}
