import type { ServerResponse } from 'node:http';

/** Whoever signs out leaves nothing in this browser: no unsent ranking, no kept passphrase, no half-written request. */
export const clearBrowser = (res: ServerResponse): void => void res.setHeader('Clear-Site-Data', '"storage"');
