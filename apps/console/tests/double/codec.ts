/** Structured-cloneable values as JSON text and back, the same rules as page-side/isolated-world.ts. */

type Tagged = { readonly $: string; readonly v?: unknown };

export function encode(value: unknown): string {
  return JSON.stringify(wrap(value));
}

export function decode(text: string): unknown {
  return unwrap(JSON.parse(text));
}

function wrap(value: unknown): unknown {
  if (value === undefined) return { $: 'undefined' };
  if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $: 'number', v: String(value) };
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Uint8Array) return { $: 'bytes', v: Buffer.from(value).toString('base64') };
  if (value instanceof Date) return { $: 'date', v: value.getTime() };
  if (Array.isArray(value)) return value.map(wrap);
  const entries = Object.entries(value).map(([key, item]) => [key, wrap(item)]);
  return { $: 'object', v: Object.fromEntries(entries) as unknown };
}

function unwrap(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(unwrap);
  const { $: tag, v } = value as Tagged;
  switch (tag) {
    case 'undefined':
      return undefined;
    case 'bigint':
      return BigInt(v as string);
    case 'number':
      return Number(v);
    case 'bytes':
      return new Uint8Array(Buffer.from(v as string, 'base64'));
    case 'date':
      return new Date(v as number);
    default:
      return Object.fromEntries(Object.entries(v as object).map(([key, item]) => [key, unwrap(item)]));
  }
}
