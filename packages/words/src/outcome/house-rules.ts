import type { HouseRules } from '@elekto/election';

import type { Lang } from '../languages.ts';
import { nameOf } from '../names.ts';
import type { Names } from '../names.ts';
import { say } from '../say.ts';

/** The rules of an organisation about who takes a seat, for those who vote and those who read the result. */
export function houseRuleSentences(
  { quorum, minimumShare, noneOfTheAbove, groups }: HouseRules,
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
