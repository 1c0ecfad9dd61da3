import { toApp } from '../origin-map.ts';
import { answer } from './parent.ts';
import { life, needReady } from './state.ts';

type Handler = (request: Request) => Response | Promise<Response>;
interface Scheme {
  readonly scheme: string;
  readonly privileges?: Readonly<Record<string, boolean>>;
}

const handlers = new Map<string, Handler>();
const schemes = new Map<string, Readonly<Record<string, boolean>>>();

export const protocol = {
  registerSchemesAsPrivileged: (custom: readonly Scheme[]): void => {
    if (life.ready)
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges = {} } of custom) schemes.set(scheme, privileges);
  },
  handle: (scheme: string, handler: Handler): void => {
    needReady('protocol');
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  /** The double's own: what the app registered, for tests to read. */
  registered: (): Readonly<Record<string, Readonly<Record<string, boolean>>>> => Object.fromEntries(schemes),
};

answer({
  /** Null when nobody serves that scheme: Chromium then fails the request. */
  protocol: async ({ url, method }: { url: string; method: string }) => {
    const appUrl = toApp(url);
    const scheme = new URL(appUrl).protocol.slice(0, -1);
    const handler = handlers.get(scheme);
    // Without these two privileges the page would have no origin of its own, and the map to https would lie.
    const { standard, secure } = schemes.get(scheme) ?? {};
    if (handler === undefined || standard !== true || secure !== true) return null;
    const response = await handler(new Request(appUrl, { method }));
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    };
  },
});
