import { describe, expect, it } from 'vitest';
import { MOST_CHOSEN } from '../chosen-css.ts';
import { comparable, neighboursOf, profilesToCompare } from './compare.ts';
import type { PreparedCandidate } from './prepared.ts';

const person = (id: string, over: Partial<PreparedCandidate> = {}): PreparedCandidate => ({
  id,
  slug: id,
  name: id,
  label: id,
  standing: 'standing',
  fields: [],
  endorsements: [],
  answers: [],
  bio: `<p>${id}</p>`,
  ...over,
});

describe('candidates side by side', () => {
  it('are those with a profile, with every field that one of them gives', () => {
    const candidates = [
      person('ada', { fields: [{ name: 'employer', value: 'A' }] }),
      person('gone', { slug: '' }),
      person('bob', { fields: [{ name: 'slack', value: '@b' }] }),
    ];
    const made = profilesToCompare({ candidates });
    expect(made.profiles.map(({ id }) => id)).toEqual(['ada', 'bob']);
    expect(made.fields).toEqual(['employer', 'slack']);
    expect(made.whole).toBe(true);
  });

  it('give the openings of texts that are too long for one page together', () => {
    const candidates = ['ada', 'bob'].map((id) => person(id, { bio: `<p>${'word '.repeat(6_000)}</p>` }));
    const made = profilesToCompare({ candidates });
    expect(made.whole).toBe(false);
    for (const { text } of made.profiles) {
      expect(text.length).toBeLessThan(12_000);
      expect(text).toMatch(/word …$/);
    }
  });

  it('keep footnotes apart', () => {
    const bio = '<a href="#user-content-fn-1" id="user-content-fnref-1">1</a>';
    const [ada, bob] = profilesToCompare({
      candidates: [person('ada', { bio }), person('bob', { bio })],
    }).profiles;
    expect(ada?.text).toBe('<a href="#p1-user-content-fn-1" id="p1-user-content-fnref-1">1</a>');
    expect(bob?.text).toContain('p2-user-content-fn-1');
  });

  it('are not offered where they are more than can be ticked', () => {
    const candidates = Array.from({ length: MOST_CHOSEN + 1 }, (_, i) => person(`c${i}`));
    expect(comparable({ candidates })).toEqual([]);
  });
});

describe('a profile', () => {
  const candidates = [person('ada'), person('gone', { slug: '' }), person('bob'), person('cat')];
  it('leads to the one before and after, around the corner', () => {
    const around = (i: number) => {
      const found = neighboursOf({ candidates }, candidates[i]!);
      return found && [found.previous.id, found.next.id];
    };
    expect(around(0)).toEqual(['cat', 'bob']);
    expect(around(2)).toEqual(['ada', 'cat']);
    expect(around(3)).toEqual(['bob', 'ada']);
  });
  it('that is the only one leads nowhere', () => {
    expect(neighboursOf({ candidates: [person('ada')] }, person('ada'))).toBeNull();
  });
});
