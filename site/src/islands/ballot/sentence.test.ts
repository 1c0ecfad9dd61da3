import { describe, expect, it } from 'vitest';
import { textsOf } from '../../texts/index.ts';
import { visitorOrder } from '../../shuffle.ts';
import { fromRanking } from './ranking.ts';
import type { Draft } from './ranking.ts';
import { ballotSentence } from './sentence.ts';

const name = (id: string) => id[0]!.toUpperCase() + id.slice(1);
const say = (draft: Draft, lang: 'en' | 'de' = 'en', unranked: 'no-opinion' | 'last' = 'no-opinion') =>
  ballotSentence(draft, name, textsOf(lang).ballot, lang, unranked);

describe('what a ballot says', () => {
  it('names places in order, ties together, and who is not ranked', () => {
    const draft: Draft = [
      { id: 'ada', place: 2 },
      { id: 'grace', place: 1 },
      { id: 'linus', place: 2 },
      { id: 'barbara', place: null },
    ];
    expect(say(draft)).toBe('Grace first, then Ada and Linus together. It says nothing about Barbara.');
    expect(say(draft, 'de')).toBe('Zuerst Grace, dann gemeinsam Ada und Linus. Er sagt nichts über Barbara.');
  });

  it('says the same of one ballot in whatever order its list stands', () => {
    const ids = ['ada', 'barbara', 'grace', 'linus', 'tim'];
    const places = { grace: 1, linus: 2, ada: 2 };
    const told = say(fromRanking(ids, places));
    expect(told).toBe('Grace first, then Ada and Linus together. It says nothing about Barbara and Tim.');
    expect(say(fromRanking(ids.toReversed(), places))).toBe(told);
    expect(say(fromRanking(visitorOrder(ids, 'steering'), places))).toBe(told);
  });

  it('says that the rest counts as last where it does', () => {
    expect(
      say(
        [
          { id: 'ada', place: 1 },
          { id: 'grace', place: null },
        ],
        'en',
        'last',
      ),
    ).toBe('Ada first. Everyone who is not ranked counts as last: Grace.');
  });

  it('says that it says nothing', () => {
    expect(say([{ id: 'ada', place: null }])).toBe('Nothing yet: nobody has a place.');
  });
});
