import { useState } from 'react';

/**
 * What went wrong last, until there is an answer: a query that asks again by itself has no error while it asks, and what is
 * said of it must not come and go.
 */
export function useLastError({ data, error }: { readonly data: unknown; readonly error: unknown }): unknown {
  const [last, setLast] = useState<unknown>(null);
  const now = error ?? (data === undefined ? last : null);
  if (now !== last) setLast(now);
  return now;
}
