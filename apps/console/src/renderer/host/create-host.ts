import type { ConsoleBridge } from '../../shared/bridge.ts';
import { createDesktopHost } from './desktop-host.ts';
import type { Host } from './host.ts';
import { createWebHost } from './web-host.ts';

declare global {
  interface Window {
    /** Left by the preload; absent in a browser. */
    readonly elekto?: ConsoleBridge;
  }
}

/** The desktop app's host where the preload left its bridge, the browser's otherwise. */
export function createHost(): Host {
  return window.elekto === undefined ? createWebHost() : createDesktopHost(window.elekto);
}
