import { app } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** Where the renderer comes from: its own scheme, and Vite's server only in an unpackaged app. */
export function rendererUrl(): string {
  const dev = process.env['ELECTRON_RENDERER_URL'];
  return !app.isPackaged && dev !== undefined ? dev : `${APP_ORIGIN}/index.html`;
}

/** True for a page of ours. URL.origin is "null" for custom schemes in Node, so scheme and host are compared. */
export function isOurs(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const [page, ours] = [new URL(url), new URL(rendererUrl())];
  return page.protocol === ours.protocol && page.host === ours.host;
}
