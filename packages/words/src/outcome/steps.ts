import type { Outcome, Step, Strength } from '@elekto/tally';

import type { Lang } from '../languages.ts';
import { nameOf } from '../names.ts';
import type { Names } from '../names.ts';
import { list } from '../phrase.ts';
import { say } from '../say.ts';
import { roundSentences } from './rounds.ts';
import { scoreIn, strengthIn } from './votes.ts';

/** One step of the method. */
export function stepSentence(
  step: Step,
  { rounds, options }: Pick<Outcome, 'rounds' | 'options'>,
  names: Names,
  lang: Lang,
): string {
  const named = step.candidates.map((id) => nameOf(names, id));
  const [name = '', other = ''] = named;
  const others = named.slice(1);
  const strength = (of: Strength): string => strengthIn(of, lang);
  const { code } = step;
  switch (code) {
    case 'dropped':
      return say(lang, 'outcome', code, {
        n: named.length,
        names: named,
        none: nameOf(names, options.noneOfTheAbove?.candidate ?? ''),
        place: step.place,
      });
    case 'place':
      return say(lang, 'outcome', others.length === 0 ? 'place-unbeaten' : code, {
        name,
        others,
        n: step.place,
      });
    case 'score':
      return say(lang, 'outcome', code, { name, score: scoreIn(step.score, lang), n: step.place });
    case 'duels':
      return say(lang, 'outcome', code, {
        name,
        wins: step.wins,
        draws: step.draws,
        losses: step.losses,
        n: step.place,
      });
    case 'worst-defeat':
      return say(lang, 'outcome', others.length === 0 ? 'worst-defeat-none' : code, {
        name,
        others,
        strength: strength(step.strength),
        n: step.place,
      });
    case 'worst-opposition':
      return say(lang, 'outcome', others.length === 0 ? 'worst-opposition-none' : code, {
        name,
        others,
        votes: step.strength,
        n: step.place,
      });
    case 'best-order': {
      const order = step.order.map((tier) =>
        list(
          tier.map((id) => nameOf(names, id)),
          lang,
        ),
      );
      return say(lang, 'outcome', code, {
        n: step.agreement,
        order: order.join(' > ') || say(lang, 'report', 'none'),
      });
    }
    case 'lock':
    case 'leave-out':
      return say(lang, 'outcome', code, { name, other, strength: strength(step.strength) });
    case 'round': {
      const round = rounds[step.round - 1];
      const events = round === undefined ? '' : roundSentences(round, names, lang);
      return say(lang, 'outcome', code, { n: step.round, events });
    }
    case 'tie': {
      const tie = say(lang, 'outcome', `tie-${step.purpose}`, { round: step.round, names: named });
      return `${tie} ${say(lang, 'outcome', `effect-${step.effect}`, { how: step.how ?? '' })}`;
    }
  }
}
