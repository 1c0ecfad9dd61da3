import type { Host } from './host.ts';
import { createWebHost } from './web-host.ts';

/** The desktop app's host where the preload left its bridge, the browser's otherwise. */
export function createHost(): Host {
  return createWebHost();
}
