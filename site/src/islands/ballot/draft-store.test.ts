import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dropDraft, keepDraft, keptDraft } from './draft-store.ts';

const store = new Map<string, string>();
beforeEach(() => {
  store.clear();
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    value: {
      getItem: (name: string) => store.get(name) ?? null,
      setItem: (name: string, value: string) => void store.set(name, value),
      removeItem: (name: string) => void store.delete(name),
    },
  });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'localStorage');
});

const draft = [
  { id: 'ada', place: null },
  { id: 'grace', place: 1 },
  { id: '__proto__', place: 3 },
] as const;
const ids = ['ada', 'grace', '__proto__'];

describe('a draft', () => {
  it('comes back as it was, in its order', () => {
    keepDraft('x', 'vera', draft);
    expect(keptDraft('x', 'vera', ids)).toEqual(draft);
  });

  it('belongs to one person and one election', () => {
    keepDraft('x', 'vera', draft);
    expect(keptDraft('y', 'vera', ids)).toBeNull();
    expect(keptDraft('x', 'mallory', ids)).toBeNull();
    expect(store.size, 'somebody else’s draft is thrown away').toBe(0);
  });

  it('is gone after casting, and none is kept while nobody has a place', () => {
    keepDraft('x', 'vera', draft);
    dropDraft('x');
    keepDraft('x', 'vera', [{ id: 'ada', place: null }]);
    expect(store.size).toBe(0);
  });

  it('loses candidates who no longer stand and gains new ones without a place', () => {
    keepDraft('x', 'vera', draft);
    expect(keptDraft('x', 'vera', ['__proto__', 'linus'])).toEqual([
      { id: '__proto__', place: 1 },
      { id: 'linus', place: null },
    ]);
  });

  it('is ignored when it was tampered with', () => {
    store.set(
      'elekto-draft:x',
      JSON.stringify({ login: 'vera', rows: [['ada', -1], ['grace', 'x'], 7, ['ada', 1], ['linus', 9]] }),
    );
    expect(keptDraft('x', 'vera', ['ada', 'grace'])).toEqual([
      { id: 'ada', place: 1 },
      { id: 'grace', place: null },
    ]);
    store.set('elekto-draft:x', '{');
    expect(keptDraft('x', 'vera', ['ada'])).toBeNull();
  });
});
