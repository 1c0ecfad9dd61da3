import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepPassphrase, takePassphrase, visitPassphrase } from './kept-passphrase.ts';

const store = new Map<string, string>();
beforeEach(() => {
  store.clear();
  Object.defineProperty(globalThis, 'sessionStorage', {
    configurable: true,
    value: {
      getItem: (name: string) => store.get(name) ?? null,
      setItem: (name: string, value: string) => void store.set(name, value),
      removeItem: (name: string) => void store.delete(name),
    },
  });
});
afterEach(() => Reflect.deleteProperty(globalThis, 'sessionStorage'));

const manifest = { suite: 1 } as const;

it('is the same over the whole visit of one person', () => {
  const made = visitPassphrase('x', 'vera', manifest);
  expect(visitPassphrase('x', 'vera', manifest)).toBe(made);
  expect(visitPassphrase('x', 'victor', manifest)).not.toBe(made);
});

it('is given once where a ballot was sent with it, and to nobody else', () => {
  const passphrase = visitPassphrase('x', 'vera', manifest);
  keepPassphrase('x', 'vera', manifest, { passphrase, sent: true });
  expect(takePassphrase('x', 'vera', manifest)).toBe(passphrase);
  expect(takePassphrase('x', 'vera', manifest)).toBeNull();
  keepPassphrase('x', 'vera', manifest, { passphrase, sent: true });
  expect(takePassphrase('x', 'mallory', manifest)).toBeNull();
  expect(store.size).toBe(0);
});

it('is thrown away where the ballot that is cast was sent from elsewhere', () => {
  visitPassphrase('x', 'vera', manifest);
  expect(takePassphrase('x', 'vera', manifest)).toBeNull();
  expect(store.size).toBe(0);
});
