/** The page's end of contextBridge: what the preload exposed, as frozen copies and proxied functions. */
(() => {
  if (window !== window.top) return;
  let nextCall = 1;
  let returned: { call: number; value?: unknown; error?: string; promise?: boolean } | null = null;
  const settling = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const callbacks = new Map<number, (...values: unknown[]) => unknown>();

  const toIsolated = (name: string, detail: unknown): void =>
    void document.dispatchEvent(new CustomEvent(`double:${name}`, { detail: JSON.stringify(detail) }));
  const on = (name: string, listener: (detail: never) => void): void =>
    document.addEventListener(`double:${name}`, (event) =>
      listener(JSON.parse((event as CustomEvent<string>).detail) as never),
    );

  const wrap = (value: unknown): unknown => {
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'function') {
      callbacks.set(callbacks.size + 1, value as (...values: unknown[]) => unknown);
      return { $: 'function', v: callbacks.size };
    }
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
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
    if (tag === 'function') return (...values: unknown[]) => call(v as number, values);
    return Object.freeze(
      Object.fromEntries(Object.entries(v as object).map(([key, item]) => [key, unwrap(item)])),
    );
  };
  const call = (id: number, values: unknown[]): unknown => {
    const number = nextCall;
    nextCall += 1;
    const promise = new Promise((resolve, reject) => settling.set(number, { resolve, reject }));
    returned = null;
    toIsolated('call', { call: number, id, values: values.map(wrap) });
    const answer = returned as { value?: unknown; error?: string; promise?: boolean } | null;
    if (answer?.promise === true) return promise;
    settling.delete(number);
    if (answer?.error !== undefined) throw new Error(answer.error);
    return unwrap(answer?.value);
  };

  on('returned', (detail: { call: number }) => {
    returned = detail;
  });
  on('settled', (detail: { call: number; value?: unknown; error?: string }) => {
    const pending = settling.get(detail.call);
    settling.delete(detail.call);
    if (detail.error === undefined) pending?.resolve(unwrap(detail.value));
    else pending?.reject(new Error(detail.error));
  });
  on('callback', (detail: { id: number; values: unknown[] }) => {
    callbacks.get(detail.id)?.(...detail.values.map(unwrap));
  });
  on('api', (api: Record<string, unknown>) => {
    for (const [key, value] of Object.entries(api)) {
      Object.defineProperty(window, key, {
        value: unwrap(value),
        writable: false,
        configurable: false,
        enumerable: true,
      });
    }
  });
  toIsolated('describe', null);
})();
