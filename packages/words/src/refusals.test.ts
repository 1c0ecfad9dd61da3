import { REFUSALS } from '@elekto/protocol/refusal';
import { describe, expect, it } from 'vitest';

import { catalogueOf } from './catalogue.ts';
import { LANGS } from './languages.ts';
import { refusalSentence, refusalWords } from './refusals.ts';
import { turnoutSentence, turnoutShare } from './turnout.ts';

describe('a refusal', () => {
  it.each(LANGS)('has a title and what to do next in %s, whatever its kind', (lang) => {
    for (const kind of REFUSALS) {
      expect(refusalWords(kind, lang, 'voter')?.title, kind).toBeTruthy();
      expect(refusalWords(kind, lang, 'voter')?.help, kind).toBeTruthy();
    }
  });

  it('advises officers otherwise than voters where they do something else', () => {
    expect(refusalWords('not-open-yet', 'en', 'officer')?.help).toBe('Come back after the opening.');
    expect(refusalWords('not-eligible', 'en', 'officer')).toEqual(
      refusalWords('not-eligible', 'en', 'voter'),
    );
  });

  it('is one line where there is no room for a title', () => {
    expect(refusalSentence('conflict', 'en')).toBe(
      `${catalogueOf('en').refusals.conflict.title}. ${catalogueOf('en').refusals.conflict.help}`,
    );
  });

  it('has no words for a kind nobody knows', () => {
    expect(refusalWords('toString', 'en', 'voter')).toBeNull();
  });
});

describe('the turnout', () => {
  it('is a sentence with its share', () => {
    expect(turnoutSentence(1200, 3000, 'en')).toBe(
      '1,200 of 3,000 people on the roll cast a ballot (40.0%).',
    );
    expect(turnoutSentence(1n, 1, 'en')).toBe('1 of 1 person on the roll cast a ballot (100.0%).');
    expect(turnoutSentence(3, 8, 'de')).toMatch(/^3 von 8 Wahlberechtigten haben abgestimmt \(37,5\s%\)\.$/);
  });

  it('has no share of an empty roll', () => {
    expect(turnoutShare(0, 0, 'en')).toBeNull();
    expect(turnoutSentence(2, 0, 'en')).toBe('2 ballots were cast.');
  });
});
