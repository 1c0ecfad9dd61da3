import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchIds } from './match-ids.ts';

const files = (...ids: string[]) => ids.map((id, index) => ({ id, index }));
const matched = (pinned: string[], ...ids: string[]): Record<string, string> =>
  Object.fromEntries([...matchIds(pinned, files(...ids)).matched].map(([id, file]) => [id, file.id]));

describe('matchIds', () => {
  it('finds a file by its exact id first', () => {
    expect(matched(['ada', 'bob'], 'bob', 'ada', 'ADA')).toEqual({ ada: 'ada', bob: 'bob' });
  });

  it('finds a file whose id was re-cased', () => {
    expect(matched(['Ada', 'bob'], 'ada', 'BOB')).toEqual({ Ada: 'ada', bob: 'BOB' });
  });

  it.each([
    ['two files', ['ada'], ['Ada', 'ADA']],
    ['two pinned ids', ['ada', 'Ada'], ['ADA']],
  ])('matches nothing where %s differ only in case', (_, pinned, ids) => {
    expect(matched(pinned, ...ids)).toEqual({});
    expect(matchIds(pinned, files(...ids))).toMatchObject({ missing: pinned, added: files(...ids) });
  });

  it('names what is missing and what was added, in order', () => {
    expect(matchIds(['ada', 'bob', 'cat'], files('eve', 'BOB', 'dan'))).toMatchObject({
      missing: ['ada', 'cat'],
      added: [{ id: 'eve' }, { id: 'dan' }],
    });
  });

  it('does not take the Kelvin sign for a K, as GitHub does not', () => {
    expect(matched(['\u212aate'], 'kate')).toEqual({});
  });

  it('gives every file to at most one id, and loses none', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'A', 'b', 'B', 'ab', 'Ab', 'AB', '__proto__'));
    fc.assert(
      fc.property(ids, ids, (pinned, found) => {
        const all = files(...found);
        const result = matchIds(pinned, all);
        const used = [...result.matched.values()];
        expect(new Set(used).size).toBe(used.length);
        expect(used.length + result.added.length).toBe(all.length);
        expect(used.length + result.missing.length).toBe(pinned.length);
        for (const [id, file] of result.matched) expect(file.id.toLowerCase()).toBe(id.toLowerCase());
        for (const id of pinned) if (found.includes(id)) expect(result.matched.get(id)?.id).toBe(id);
      }),
    );
  });
});
