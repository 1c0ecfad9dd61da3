import { describe, expect, it } from 'vitest';
import { textsOf } from '../../texts/index.ts';
import type { Draft } from './ranking.ts';
import { ballotSentence } from './sentence.ts';

const name = (id: string) => id[0]!.toUpperCase() + id.slice(1);
const say = (draft: Draft, lang: 'en' | 'de' = 'en', unranked: 'no-opinion' | 'last' = 'no-opinion') =>
  ballotSentence(draft, name, textsOf(lang).ballot, lang, unranked);

describe('what a ballot says', () => {
  it('names places in order, ties together, and who is left out', () => {
    const draft: Draft = [
      { id: 'ada', place: 2 },
      { id: 'grace', place: 1 },
      { id: 'linus', place: 2 },
      { id: 'barbara', place: null },
    ];
    expect(say(draft)).toBe('Grace first, then Ada and Linus together. It says nothing about Barbara.');
    expect(say(draft, 'de')).toBe('Zuerst Grace, dann gemeinsam Ada und Linus. Er sagt nichts über Barbara.');
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
    ).toBe('Ada first. Everyone without a place counts as last: Grace.');
  });

  it('says that it says nothing', () => {
    expect(say([{ id: 'ada', place: null }])).toBe('Nothing yet: nobody has a place.');
  });
});
