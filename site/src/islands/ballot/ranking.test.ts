import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  above,
  emptyDraft,
  fromRanking,
  insertAt,
  joinTier,
  leaveOut,
  moveDown,
  moveUp,
  noEffect,
  notRanked,
  placeOf,
  separate,
  setPlace,
  tieWithAbove,
  tiersOf,
  toRanking,
  toggle,
} from './ranking.ts';
import type { Draft } from './ranking.ts';

const ids = ['ada', 'grace', 'linus', 'barbara'];
const draftOf = (places: Record<string, number>): Draft =>
  ids.map((id) => ({ id, place: places[id] ?? null }));
const rule = { method: 'schulze', unranked: 'no-opinion' } as const;
const shownOrder = (draft: Draft) => draft.map((row) => row.id);

describe('tapping a candidate', () => {
  it('gives the next place, and takes it away again', () => {
    const first = toggle(emptyDraft(ids), 'linus');
    const second = toggle(first, 'ada');
    expect(toRanking(second)).toEqual({ linus: 1, ada: 2 });
    expect(toggle(second, 'linus')).toEqual(draftOf({ ada: 1 }));
    expect(notRanked(second)).toEqual(['barbara', 'grace']);
  });

  it('never makes a tie, also after the last number was typed', () => {
    const typed = setPlace(emptyDraft(ids), 'ada', 4);
    const tapped = ['grace', 'linus', 'barbara'].reduce(toggle, typed);
    expect(tiersOf(tapped)).toEqual([['ada'], ['grace'], ['linus'], ['barbara']]);
  });
});

describe('typing a place', () => {
  it('comes out as typed, whatever the order of typing', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 }),
        fc.shuffledSubarray(ids, { minLength: 4 }),
        (places, order) => {
          const wanted = new Map(ids.map((id, i) => [id, places[i] ?? 0]));
          const draft = order.reduce((d, id) => setPlace(d, id, wanted.get(id) ?? 0), emptyDraft(ids));
          expect(toRanking(draft)).toEqual(Object.fromEntries(wanted));
        },
      ),
    );
  });

  it('makes room instead of a tie', () => {
    expect(setPlace(draftOf({ ada: 1, grace: 2 }), 'linus', 1)).toEqual(
      draftOf({ linus: 1, ada: 2, grace: 3 }),
    );
    expect(setPlace(draftOf({ ada: 1, grace: 2, linus: 3 }), 'ada', 3)).toEqual(
      draftOf({ grace: 1, linus: 2, ada: 3 }),
    );
    expect(setPlace(draftOf({ ada: 3, grace: 4 }), 'linus', 4)).toEqual(
      draftOf({ ada: 2, grace: 3, linus: 4 }),
    );
  });

  it('takes the highest there is for a place that is too high', () => {
    expect(placeOf(setPlace(emptyDraft(ids), 'ada', 99), 'ada')).toBe(4);
  });
});

describe('ties', () => {
  it('are made with whom the voter names, and only then', () => {
    const draft = draftOf({ ada: 1, grace: 2, linus: 3 });
    expect(above(draft, 'linus')).toEqual(['grace']);
    expect(tiersOf(tieWithAbove(draft, 'linus'))).toEqual([['ada'], ['grace', 'linus']]);
    expect(above(draft, 'barbara'), 'who is not ranked joins the last').toEqual(['linus']);
    expect(tiersOf(joinTier(draft, 'linus', 0))).toEqual([['ada', 'linus'], ['grace']]);
  });

  it('are not made where nobody is above', () => {
    const draft = draftOf({ ada: 1, grace: 2 });
    expect(tieWithAbove(draft, 'ada')).toBe(draft);
    expect(tieWithAbove(emptyDraft(ids), 'ada')).toEqual(emptyDraft(ids));
  });

  it('end with the upper one above and the lower one below', () => {
    const tied = draftOf({ ada: 1, grace: 1, linus: 2 });
    expect(tiersOf(separate(tied, 'ada'))).toEqual([['ada'], ['grace'], ['linus']]);
    expect(tiersOf(separate(tied, 'grace'))).toEqual([['ada'], ['grace'], ['linus']]);
    expect(separate(tied, 'linus')).toBe(tied);
  });
});

describe('moving', () => {
  it('takes a lone candidate past the whole tie, and a tied one out of it', () => {
    const draft = draftOf({ ada: 1, grace: 1, linus: 2 });
    expect(tiersOf(moveUp(draft, 'linus'))).toEqual([['linus'], ['ada', 'grace']]);
    expect(tiersOf(moveUp(draft, 'grace'))).toEqual([['grace'], ['ada'], ['linus']]);
    expect(tiersOf(moveDown(draft, 'ada'))).toEqual([['grace'], ['ada'], ['linus']]);
  });

  it('stops at both ends', () => {
    const draft = draftOf({ ada: 1, grace: 2 });
    expect(moveUp(draft, 'ada')).toEqual(draft);
    expect(moveDown(draft, 'grace')).toEqual(draft);
    expect(moveDown(draft, 'linus')).toBe(draft);
  });

  it('drops a candidate where it was dropped, counting places as they were shown', () => {
    const draft = draftOf({ ada: 1, grace: 2, linus: 3, barbara: 4 });
    expect(tiersOf(insertAt(draft, 'ada', 2)).flat()).toEqual(['grace', 'ada', 'linus', 'barbara']);
    expect(tiersOf(insertAt(draft, 'ada', 4)).flat()).toEqual(['grace', 'linus', 'barbara', 'ada']);
    expect(tiersOf(insertAt(draft, 'barbara', 0)).flat()).toEqual(['barbara', 'ada', 'grace', 'linus']);
  });
});

describe('whatever is done', () => {
  const step = fc.tuple(
    fc.constantFrom('toggle', 'leave', 'set', 'tie', 'separate', 'up', 'down', 'join', 'insert'),
    fc.constantFrom(...ids),
    fc.integer({ min: 0, max: 5 }),
  );
  const take = (draft: Draft, [what, id, n]: readonly [string, string, number]): Draft => {
    if (what === 'toggle') return toggle(draft, id);
    if (what === 'leave') return leaveOut(draft, id);
    if (what === 'set') return setPlace(draft, id, n);
    if (what === 'tie') return tieWithAbove(draft, id);
    if (what === 'separate') return separate(draft, id);
    if (what === 'up') return moveUp(draft, id);
    if (what === 'down') return moveDown(draft, id);
    return what === 'join' ? joinTier(draft, id, n) : insertAt(draft, id, n);
  };

  it('keeps every candidate once, in the list’s order, on a place from 1 to n, and ties nobody unasked', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let draft = emptyDraft(ids);
        for (const each of steps) {
          const before = tiersOf(draft).filter((tier) => tier.length > 1).length;
          draft = take(draft, each);
          expect(shownOrder(draft)).toEqual(ids);
          for (const { place } of draft) expect(place === null || (place >= 1 && place <= 4)).toBe(true);
          if (each[0] !== 'tie' && each[0] !== 'join')
            expect(tiersOf(draft).filter((tier) => tier.length > 1).length).toBeLessThanOrEqual(before);
        }
      }),
    );
  });

  it('comes back from what was sealed', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const draft = steps.reduce(take, emptyDraft(ids));
        expect(tiersOf(fromRanking(ids, toRanking(draft)))).toEqual(tiersOf(draft));
      }),
    );
  });
});

describe('a ballot without effect', () => {
  it('is recognised', () => {
    expect(noEffect(emptyDraft(ids), rule)).toBe('empty');
    expect(noEffect(draftOf({ ada: 1 }), rule)).toBe('single');
    expect(noEffect(draftOf({ ada: 1, grace: 1 }), rule)).toBe('allTied');
    expect(noEffect(draftOf({ ada: 1, grace: 2 }), rule)).toBeNull();
  });

  it('has one where the rest counts as last, or where the method counts more than pairs', () => {
    expect(noEffect(draftOf({ ada: 1 }), { method: 'schulze', unranked: 'last' })).toBeNull();
    expect(noEffect(draftOf({ ada: 1 }), { method: 'irv', unranked: 'no-opinion' })).toBeNull();
    expect(noEffect([{ id: 'ada', place: 1 }], rule)).toBeNull();
  });
});
