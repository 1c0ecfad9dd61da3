import type { Count, Outcome, PairExplanation } from '@elekto/tally';

import type { Lang } from '../languages.ts';
import { nameOf } from '../names.ts';
import type { Names } from '../names.ts';
import { say } from '../say.ts';
import { strengthIn } from './votes.ts';

type Side = readonly [name: string, ballots: Count];

/** What the ballots say of two candidates alone: the one whom more of them prefer over the other, or both level. */
export function directSentence(a: Side, b: Side, lang: Lang): string {
  const [first, second] = a[1] < b[1] ? [b, a] : [a, b];
  return say(lang, 'outcome', first[1] > second[1] ? 'pair' : 'pair-level', {
    first: first[0],
    second: second[0],
    direct: directWords(first, second, lang),
  });
}

function directWords([first, x]: Side, [second, y]: Side, lang: Lang): string {
  if (Number(x) === 0 && Number(y) === 0) return say(lang, 'outcome', 'direct-none');
  return say(lang, 'outcome', 'direct', {
    for: say(lang, 'outcome', 'preferring', { n: x, name: first }),
    against: say(lang, 'outcome', 'preferring', { n: y, name: second }),
  });
}

/** Why one of two candidates goes before the other, or neither does: the ballots, and what else decided. */
export function pairSentence(outcome: Outcome, pair: PairExplanation, names: Names, lang: Lang): string {
  const [first, second] = [nameOf(names, pair.first), nameOf(names, pair.second)];
  const direct = directWords([first, pair.for], [second, pair.against], lang);
  const path = (pair.path ?? []).map((id) => nameOf(names, id)).join(' > ');
  const none = nameOf(names, outcome.options.noneOfTheAbove?.candidate ?? '');
  const values = { first, second, direct, path, none };
  if (pair.code === 'direct') return say(lang, 'outcome', 'pair', values);
  if (pair.code !== 'path') return say(lang, 'outcome', `pair-${pair.code}`, values);
  const held = pathStrength(outcome, pair.first, pair.second, lang) ?? '';
  const back = pathStrength(outcome, pair.second, pair.first, lang);
  return back === null
    ? say(lang, 'outcome', 'pair-path-only', { ...values, held })
    : say(lang, 'outcome', 'pair-path', { ...values, held, back });
}

/** What the strongest path from a to b holds; null where there is none (see `Strength`). */
function pathStrength({ strongestPaths, options }: Outcome, a: string, b: string, lang: Lang): string | null {
  const strength = strongestPaths[a]?.[b] ?? null;
  const none = options.strength === 'opposition' ? strength === null : Number(strength) === 0;
  if (none) return null;
  const shown = strengthIn(strength, lang);
  if (options.strength === 'margins') return say(lang, 'outcome', 'strength-margins', { strength: shown });
  if (options.strength === 'opposition')
    return say(lang, 'outcome', 'strength-opposition', { strength: shown });
  return shown;
}
