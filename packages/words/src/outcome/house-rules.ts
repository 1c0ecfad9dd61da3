import type { HouseRules } from '@elekto/election';

import type { Lang } from '../languages.ts';
import { nameOf } from '../names.ts';
import type { Names } from '../names.ts';
import { say } from '../say.ts';

/** The rules of an organisation about who takes a seat, for those who vote and those who read the result. */
export function houseRuleSentences(
  { quorum, minimumShare, noneOfTheAbove, groups, terms = [], vacancies }: HouseRules,
  names: Names,
  lang: Lang,
): string[] {
  return [
    ...(quorum === undefined
      ? []
      : 'ballots' in quorum
        ? [say(lang, 'outcome', 'rule-quorum', { n: quorum.ballots })]
        : [say(lang, 'outcome', 'rule-quorum-share', { share: ratioIn(quorum) })]),
    ...(minimumShare === undefined
      ? []
      : [say(lang, 'outcome', 'rule-minimum', { share: ratioIn(minimumShare) })]),
    ...(noneOfTheAbove === undefined ? [] : aboutNone(noneOfTheAbove, names, lang)),
    ...Object.entries(groups?.seats ?? {}).map(([value, n]) =>
      say(lang, 'outcome', 'rule-group', { n, field: groups?.field ?? '', value }),
    ),
    ...terms.map(({ seats: n, term }, i) =>
      say(lang, 'outcome', i === 0 ? 'rule-term-first' : 'rule-term-next', { n, term: termIn(term, lang) }),
    ),
    ...(vacancies === undefined ? [] : [say(lang, 'outcome', 'rule-vacancies')]),
  ];
}

function aboutNone(
  { candidate, rule, majority: { part, whole }, support }: NonNullable<HouseRules['noneOfTheAbove']>,
  names: Names,
  lang: Lang,
): string[] {
  const none = nameOf(names, candidate);
  return [
    say(lang, 'outcome', part === whole ? 'rule-none' : 'rule-none-majority', {
      none,
      ratio: `${part}:${whole}`,
    }),
    ...(support > 0 ? [say(lang, 'outcome', 'rule-none-support', { none, support })] : []),
    ...(rule === 'drop' ? [say(lang, 'outcome', 'rule-none-drop')] : []),
  ];
}

/** A share: "25%" where it was said in hundredths, "1/3" else. */
export const ratioIn = ({ part, whole }: { readonly part: number; readonly whole: number }): string =>
  whole === 100 ? `${part}%` : `${part}/${whole}`;

/** How long: "2 years" and "18 months" in words of the language, a day as "until", anything else as it stands. */
export function termIn(term: string, lang: Lang): string {
  const [, number, unit] = /^(\d{1,3}) (year|month)s?$/.exec(term) ?? [];
  if (number !== undefined)
    return say(lang, 'outcome', unit === 'year' ? 'term-years' : 'term-months', { n: Number(number) });
  return /^\d{4}-\d{2}-\d{2}/.test(term) ? say(lang, 'outcome', 'term-until', { day: term }) : term;
}
