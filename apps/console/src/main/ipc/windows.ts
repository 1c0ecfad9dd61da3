import { z } from 'zod';
import { CHANNELS } from '../../shared/channels.ts';
import { PAGES } from '../../shared/pages.ts';
import { LINK_SCHEME, routeOfLink } from '../deep-link.ts';
import type { Windows } from '../windows.ts';
import { handle } from './handle.ts';

const key = z.string().min(1).max(512);
const page = z.enum(PAGES);

/** A page can name an election and a page of it, as a link from outside can, and no other address. */
export function handleWindows(windows: Windows): void {
  handle(CHANNELS.openWindow, z.tuple([key, page]), ([election, wanted]) => {
    const route = routeOfLink(`${LINK_SCHEME}://elections/${encodeURIComponent(election)}/${wanted}`);
    return route !== null && windows.openBeside(route);
  });
}
