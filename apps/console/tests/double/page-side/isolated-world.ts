/**
 * Runs in an isolated world of the page before anything else, as a sandboxed preload does in Electron:
 * it gives the real preload a `require` with nothing but `electron`, and that has nothing but
 * `contextBridge` and `ipcRenderer`. Types are stripped and the text is put into Chromium as it stands;
 * `void __PRELOAD__` is replaced by the preload's source.
 */
declare const __PRELOAD__: undefined;

(() => {
  if (window !== window.top) return;
  interface Scope {
    __doubleSend?: (payload: string) => void;
    __doubleDeliver?: (text: string) => void;
  }
  const scope = globalThis as unknown as Scope;
  const uncloneable = (): Error => new Error('An object could not be cloned.');

  const wrap = (value: unknown): unknown => {
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'function' || typeof value === 'symbol') throw uncloneable();
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', v: String(value) };
    if (value === null || typeof value !== 'object') return value;
    if (value instanceof Uint8Array) {
      let binary = '';
      for (let at = 0; at < value.length; at += 32_768)
        binary += String.fromCharCode(...value.subarray(at, at + 32_768));
      return { $: 'bytes', v: btoa(binary) };
    }
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (Array.isArray(value)) return value.map(wrap);
    if (value instanceof Node) throw uncloneable();
    return {
      $: 'object',
      v: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wrap(item)])),
    };
  };
  const unwrap = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(unwrap);
    const { $: tag, v } = value as { $: string; v?: unknown };
    if (tag === 'undefined') return undefined;
    if (tag === 'bigint') return BigInt(v as string);
    if (tag === 'number') return Number(v);
    if (tag === 'date') return new Date(v as number);
    if (tag === 'bytes') return Uint8Array.from(atob(v as string), (char) => char.charCodeAt(0));
    return Object.fromEntries(Object.entries(v as object).map(([key, item]) => [key, unwrap(item)]));
  };

  // To the main process and back.
  let nextId = 1;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, Set<(event: unknown, ...values: unknown[]) => void>>();
  const post = (message: unknown): void => scope.__doubleSend?.(JSON.stringify(message));
  scope.__doubleDeliver = (text) => {
    const message = JSON.parse(text) as {
      kind: string;
      id: number;
      channel: string;
      value: unknown;
      error?: string;
    };
    if (message.kind === 'event') {
      const values = unwrap(message.value) as unknown[];
      for (const listener of listeners.get(message.channel) ?? []) listener({ senderId: 0 }, ...values);
      return;
    }
    const pending = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error === undefined) pending?.resolve(unwrap(message.value));
    else pending?.reject(new Error(message.error));
  };
  const ipcRenderer = {
    invoke: (channel: string, ...values: unknown[]): Promise<unknown> => {
      const id = nextId;
      nextId += 1;
      const value = wrap(values);
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        post({ kind: 'invoke', id, channel, value });
      });
    },
    send: (channel: string, ...values: unknown[]): void =>
      post({ kind: 'send', channel, value: wrap(values) }),
    on: (channel: string, listener: (event: unknown, ...values: unknown[]) => void) => {
      if (!listeners.has(channel)) listeners.set(channel, new Set());
      listeners.get(channel)?.add(listener);
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: (event: unknown, ...values: unknown[]) => void) => {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };

  // Between the two worlds: strings in events of the shared document, dispatched synchronously.
  const functions = new Map<number, (...values: unknown[]) => unknown>();
  const keep = (func: (...values: unknown[]) => unknown): number => {
    functions.set(functions.size + 1, func);
    return functions.size;
  };
  const toMain = (name: string, detail: unknown): void =>
    void document.dispatchEvent(new CustomEvent(`double:${name}`, { detail: JSON.stringify(detail) }));
  const bridge = (value: unknown): unknown => {
    if (typeof value === 'function')
      return { $: 'function', v: keep(value as (...values: unknown[]) => unknown) };
    if (
      value !== null &&
      typeof value === 'object' &&
      !Array.isArray(value) &&
      !(value instanceof Uint8Array) &&
      !(value instanceof Date)
    )
      return {
        $: 'object',
        v: Object.fromEntries(Object.entries(value).map(([key, item]) => [key, bridge(item)])),
      };
    if (Array.isArray(value)) return value.map(bridge);
    return wrap(value);
  };
  const unbridge = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(unbridge);
    const { $: tag, v } = value as { $: string; v?: unknown };
    if (tag === 'function')
      return (...values: unknown[]) => toMain('callback', { id: v, values: values.map(bridge) });
    if (tag === 'object')
      return Object.fromEntries(Object.entries(v as object).map(([key, item]) => [key, unbridge(item)]));
    return unwrap(value);
  };
  document.addEventListener('double:call', (event) => {
    const { call, id, values } = JSON.parse((event as CustomEvent<string>).detail) as {
      call: number;
      id: number;
      values: unknown[];
    };
    try {
      const result = functions.get(id)?.(...values.map(unbridge));
      if (result instanceof Promise) {
        toMain('returned', { call, promise: true });
        result.then(
          (value) => toMain('settled', { call, value: bridge(value) }),
          (error: unknown) =>
            toMain('settled', { call, error: error instanceof Error ? error.message : String(error) }),
        );
      } else toMain('returned', { call, value: bridge(result) });
    } catch (error) {
      toMain('returned', { call, error: error instanceof Error ? error.message : String(error) });
    }
  });

  const exposed: Record<string, unknown> = {};
  document.addEventListener('double:describe', () => toMain('api', exposed));
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown): void => {
      if (Object.hasOwn(exposed, key))
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      exposed[key] = bridge(api);
    },
  };

  const require = (name: string): unknown => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  const preload: (...scope: unknown[]) => void = function (require, module, exports, process) {
    void [require, module, exports, process];
    void __PRELOAD__;
  };
  const module = { exports: {} };
  preload(require, module, module.exports, { type: 'renderer', sandboxed: true, contextIsolated: true });
})();
