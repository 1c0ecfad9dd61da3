const PATIENCE = 10_000;

/** What is answered within ten seconds, redirects as they come; null when nothing is. */
export const ask = (url: string, init: RequestInit = {}): Promise<Response | null> =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE), ...init }).catch(() => null);
