/** What a ballot says, in a sentence. */
import type { Lang, Texts } from '../../texts/index.ts';
import { list } from '@elekto/words/phrase';
import { fill, plural } from '../../texts/fill.ts';
import { notRanked, tiersOf } from './ranking.ts';
import type { Draft } from './ranking.ts';

/** Past this many, people without a place are counted instead of named. */
const NAMED = 4;

/** "Ada first, then Grace and Linus together. It says nothing about Barbara." */
export function ballotSentence(
  draft: Draft,
  nameOf: (id: string) => string,
  t: Texts['ballot'],
  lang: Lang,
  unranked: 'no-opinion' | 'last',
): string {
  const tiers = tiersOf(draft);
  if (tiers.length === 0) return t.sentence.empty;
  const parts = tiers.map((tier, i) => {
    const names = list(tier.map(nameOf), lang);
    const form =
      tier.length > 1
        ? i === 0
          ? t.sentence.tiedFirst
          : t.sentence.tiedThen
        : i === 0
          ? t.sentence.first
          : t.sentence.then;
    return fill(form, { names });
  });
  const sentence = `${parts.join(', ')}.`;
  const rest = notRanked(draft);
  if (rest.length === 0) return sentence;
  const names = list(rest.map(nameOf), lang);
  if (unranked === 'last') return `${sentence} ${fill(t.sentence.lastAbout, { names })}`;
  const about =
    rest.length > NAMED
      ? fill(t.sentence.nothingAboutMany, { n: rest.length }, lang)
      : plural(t.sentence.nothingAbout, rest.length, lang, { names });
  return `${sentence} ${about}`;
}
