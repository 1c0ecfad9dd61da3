import type { Judged, Tally, Verdict } from '@elekto/roll';

import type { Lang } from '../languages.ts';
import { list } from '../phrase.ts';
import { say } from '../say.ts';

const KINDS = ['commits', 'pull_requests', 'reviews', 'issues', 'comments'] as const;

/** Why somebody is on a roll or not: a sentence, then a line for each rule, indented by two spaces a level. */
export function rollExplanation({ login, on, bot, verdict }: Judged, lang: Lang): readonly string[] {
  const head = [say(lang, 'roll', on ? 'on' : 'off', { login })];
  if (bot) head.push(say(lang, 'roll', 'bot', { login }));
  if (!anybody(verdict)) return [...head, say(lang, 'roll', 'unknown', { login })];
  return [...head, ...lines(verdict, '  ', lang)];
}

const anybody = (verdict: Verdict): boolean =>
  verdict.tally !== null || verdict.of.some(anybody) || verdict.except.some(anybody);

function lines(verdict: Verdict, indent: string, lang: Lang): readonly string[] {
  const { rule, met, of, except } = verdict;
  const mark = met ? say(lang, 'roll', 'met') : say(lang, 'roll', 'missed');
  const what = 'of' in rule ? say(lang, 'roll', rule.join) : findings(verdict, lang);
  const label = 'of' in rule && rule.label === rule.join ? '' : `${rule.label}: `;
  const left = except.filter((each) => each.met);
  return [
    `${indent}${mark} - ${label}${what}`,
    ...of.flatMap((each) => lines(each, `${indent}  `, lang)),
    ...left.map((each) => `${indent}  ${say(lang, 'roll', 'except', { rule: each.rule.label })}`),
  ];
}

/** What a rule found: "17 of 20 contributions, from ... until ... (12 commits and 5 reviews); 2 more were ...". */
function findings({ rule, tally, wanted }: Verdict, lang: Lang): string {
  if ('of' in rule) return '';
  const { source } = rule;
  if (source.kind === 'contributions') {
    const { from, until } = source.window;
    const count = tally?.count ?? 0;
    const said = say(lang, 'roll', 'contributions', { count, wanted, from: day(from), until: day(until) });
    return tally === null ? said : [said + kindsOf(tally, lang), ...missedOf(tally, lang)].join('; ');
  }
  if (source.kind === 'csv' && source.count !== null && tally !== null)
    return say(lang, 'roll', 'csv', { count: tally.count, wanted });
  return say(lang, 'roll', tally === null ? 'not-found' : 'found');
}

function kindsOf({ kinds }: Tally, lang: Lang): string {
  const said = KINDS.flatMap((kind) => {
    const n = kinds[kind];
    return n === undefined ? [] : [say(lang, 'roll', `kind-${kind}`, { n })];
  });
  return said.length === 0 ? '' : ` (${list(said, lang)})`;
}

function missedOf({ excluded, before, after }: Tally, lang: Lang): readonly string[] {
  const names = Object.keys(excluded).sort();
  const n = Object.values(excluded).reduce((sum, each) => sum + each, 0);
  return [
    ...(n > 0 ? [say(lang, 'roll', 'excluded', { n, names })] : []),
    ...(before > 0 ? [say(lang, 'roll', 'before', { n: before })] : []),
    ...(after > 0 ? [say(lang, 'roll', 'after', { n: after })] : []),
  ];
}

export const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
