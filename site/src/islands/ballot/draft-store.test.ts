import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dropDraft, keepDraft, keptDraft } from './draft-store.ts';

const store = new Map<string, string>();
let tab = new Map<string, string>();
const give = (kind: 'localStorage' | 'sessionStorage', map: Map<string, string>) =>
  Object.defineProperty(globalThis, kind, {
    configurable: true,
    value: {
      getItem: (name: string) => map.get(name) ?? null,
      setItem: (name: string, value: string) => void map.set(name, value),
      removeItem: (name: string) => void map.delete(name),
    },
  });
const inTab = (which: Map<string, string>) => {
  tab = which;
  give('sessionStorage', tab);
};
beforeEach(() => {
  store.clear();
  give('localStorage', store);
  inTab(new Map());
});
afterEach(() => {
  for (const kind of ['localStorage', 'sessionStorage']) Reflect.deleteProperty(globalThis, kind);
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
    expect([store.size, tab.size], 'somebody else’s draft is thrown away').toEqual([0, 0]);
  });

  it('is gone after casting, and none is kept while nobody has a place', () => {
    keepDraft('x', 'vera', draft);
    dropDraft('x');
    keepDraft('x', 'vera', [{ id: 'ada', place: null }]);
    expect([store.size, tab.size]).toEqual([0, 0]);
  });

  it('is each tab’s own, and a new tab begins with the last one', () => {
    const [first, second] = [tab, new Map<string, string>()];
    keepDraft('x', 'vera', draft);
    inTab(second);
    expect(keptDraft('x', 'vera', ids), 'a new tab').toEqual(draft);
    const other = ids.map((id, i) => ({ id, place: i + 1 }));
    keepDraft('x', 'vera', other);
    inTab(first);
    expect(keptDraft('x', 'vera', ids), 'the first tab').toEqual(draft);
    inTab(new Map());
    expect(keptDraft('x', 'vera', ids), 'a third').toEqual(other);
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
    tab.clear();
    store.set('elekto-draft:x', '{');
    expect(keptDraft('x', 'vera', ['ada'])).toBeNull();
  });
});
