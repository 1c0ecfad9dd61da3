import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choose,
  emptyDraft,
  fromRanking,
  hasGaps,
  insertAt,
  isInOrder,
  moveDown,
  moveUp,
  noEffect,
  noOpinion,
  putInOrder,
  restToNoOpinion,
  tieWithAbove,
  tiersOf,
  toRanking,
  untie,
  withoutPlace,
} from './ranking.ts';
import type { Choice, Draft } from './ranking.ts';

const ids = ['ada', 'grace', 'linus', 'barbara'];
const draftOf = (choices: Record<string, Choice>): Draft =>
  ids.map((id) => ({ id, choice: choices[id] ?? null }));
const rule = { method: 'schulze', unranked: 'no-opinion' } as const;

describe('filling in a ballot', () => {
  it('starts with nobody placed', () => {
    expect(tiersOf(emptyDraft(ids))).toEqual([]);
    expect(withoutPlace(emptyDraft(ids))).toEqual(ids);
  });

  it('does not move rows when numbers are chosen', () => {
    const draft = choose(choose(emptyDraft(ids), 'barbara', 1), 'ada', 2);
    expect(draft.map((row) => row.id)).toEqual(ids);
    expect(isInOrder(draft)).toBe(false);
    expect(putInOrder(draft).map((row) => row.id)).toEqual(['barbara', 'ada', 'grace', 'linus']);
  });

  it('reads the same number as a tie and gaps as nothing', () => {
    const draft = draftOf({ ada: 7, grace: 2, linus: 7 });
    expect(tiersOf(draft)).toEqual([['grace'], ['ada', 'linus']]);
    expect(hasGaps(draft)).toBe(true);
    expect(hasGaps(putInOrder(draft))).toBe(false);
    expect(toRanking(draft)).toEqual({ grace: 1, ada: 2, linus: 2 });
  });

  it('moves a lone candidate past the whole tie above, without joining it', () => {
    const draft = draftOf({ ada: 1, grace: 1, linus: 2 });
    expect(tiersOf(moveUp(draft, 'linus'))).toEqual([['linus'], ['ada', 'grace']]);
  });

  it('moves a tied candidate out of its tie first', () => {
    const draft = draftOf({ ada: 1, grace: 1, linus: 2 });
    expect(tiersOf(moveUp(draft, 'grace'))).toEqual([['grace'], ['ada'], ['linus']]);
    expect(tiersOf(moveDown(draft, 'ada'))).toEqual([['grace'], ['ada'], ['linus']]);
  });

  it('gives the next place to whoever had none, and takes it back from the last', () => {
    const draft = draftOf({ ada: 1 });
    const added = moveUp(draft, 'linus');
    expect(tiersOf(added)).toEqual([['ada'], ['linus']]);
    expect(withoutPlace(moveDown(added, 'linus'))[0]).toBe('linus');
  });

  it('makes and ends ties only when asked', () => {
    const draft = draftOf({ ada: 1, grace: 2, linus: 3 });
    const tied = tieWithAbove(draft, 'grace');
    expect(tiersOf(tied)).toEqual([['ada', 'grace'], ['linus']]);
    expect(tiersOf(untie(tied, 'ada'))).toEqual([['grace'], ['ada'], ['linus']]);
  });

  it('drops a candidate where it was dropped, counting places as they were shown', () => {
    const draft = draftOf({ ada: 1, grace: 2, linus: 3, barbara: 4 });
    expect(tiersOf(insertAt(draft, 'ada', 2)).flat()).toEqual(['grace', 'ada', 'linus', 'barbara']);
    expect(tiersOf(insertAt(draft, 'ada', 4)).flat()).toEqual(['grace', 'linus', 'barbara', 'ada']);
    expect(tiersOf(insertAt(draft, 'barbara', 0)).flat()).toEqual(['barbara', 'ada', 'grace', 'linus']);
  });

  it('reads a stored ballot back as it was', () => {
    const draft = fromRanking(ids, { grace: 1, ada: 2, linus: 2 });
    expect(toRanking(draft)).toEqual({ grace: 1, ada: 2, linus: 2 });
    expect(noOpinion(draft)).toEqual(['barbara']);
    expect(isInOrder(draft)).toBe(true);
  });

  it('turns everyone who is left into an explicit no opinion', () => {
    expect(noOpinion(restToNoOpinion(draftOf({ ada: 1 })))).toEqual(['grace', 'linus', 'barbara']);
  });
});

describe('a ballot that changes nothing', () => {
  it('is one that prefers nobody to anybody', () => {
    expect(noEffect(draftOf({}), rule)).toBe('empty');
    expect(noEffect(draftOf({ ada: 1 }), rule)).toBe('single');
    expect(noEffect(draftOf({ ada: 1, grace: 1 }), rule)).toBe('allTied');
    expect(noEffect(draftOf({ ada: 1, grace: 2 }), rule)).toBeNull();
  });

  it('is not one that puts somebody before those who count as last', () => {
    const last = { method: 'schulze', unranked: 'last' } as const;
    expect(noEffect(draftOf({ ada: 1 }), last)).toBeNull();
    expect(noEffect(draftOf({ ada: 1, grace: 1, linus: 1, barbara: 1 }), last)).toBe('allTied');
  });

  it('is not a single preference where first places are counted', () => {
    expect(noEffect(draftOf({ ada: 1 }), { method: 'irv', unranked: 'no-opinion' })).toBeNull();
  });
});

const anyDraft = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant('none' as const), fc.constant(null)), {
    maxLength: 8,
  })
  .map((choices): Draft => choices.map((choice, i) => ({ id: i === 0 ? '__proto__' : `c${i}`, choice })));

describe('whatever the voter does', () => {
  it('keeps every candidate exactly once and moves put the list in order', () => {
    fc.assert(
      fc.property(anyDraft, fc.nat(7), fc.nat(9), (draft, pick, index) => {
        const id = draft[pick % Math.max(1, draft.length)]?.id;
        if (id === undefined) return;
        for (const act of [
          moveUp,
          moveDown,
          tieWithAbove,
          untie,
          (d: Draft, i: string) => insertAt(d, i, index),
        ]) {
          const after = act(draft, id);
          expect(after.map((r) => r.id).sort()).toEqual(draft.map((r) => r.id).sort());
          expect(isInOrder(after)).toBe(true);
          expect(hasGaps(after)).toBe(false);
        }
      }),
    );
  });

  it('putting in order never changes what the ballot says', () => {
    fc.assert(
      fc.property(anyDraft, (draft) => {
        expect(tiersOf(putInOrder(draft)).map((t) => [...t].sort())).toEqual(
          tiersOf(draft).map((t) => [...t].sort()),
        );
        expect(noOpinion(putInOrder(draft))).toEqual(noOpinion(draft));
      }),
    );
  });

  it('moving others never changes how they compare among themselves', () => {
    fc.assert(
      fc.property(anyDraft, fc.nat(7), (draft, pick) => {
        const id = draft[pick % Math.max(1, draft.length)]?.id;
        if (id === undefined) return;
        const others = (d: Draft) =>
          tiersOf(d)
            .map((t) => t.filter((i) => i !== id).sort())
            .filter((t) => t.length > 0);
        for (const act of [moveUp, moveDown, untie]) expect(others(act(draft, id))).toEqual(others(draft));
      }),
    );
  });
});
