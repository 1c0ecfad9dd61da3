import type { BuiltRoll, RuleCount } from '@elekto/roll';

import type { Lang } from '../languages.ts';
import { escapeMarkdown } from '../report/markdown.ts';
import { say } from '../say.ts';
import { day } from './explanation.ts';
import { rollDifference } from './difference.ts';

/** More names than this make a pull request unreadable; the files have them all. */
const MOST_LINES = 200;

/** The summary for the pull request, Markdown. */
export function rollSummary(built: BuiltRoll, lang: Lang): string {
  const { rows, rules } = built;
  const line = ({ rule, people, alone }: RuleCount): string =>
    `| ${escapeMarkdown(rule)} | ${people} | ${alone} |`;
  const left = Map.groupBy(
    rows.filter(({ on }) => !on),
    ({ rule }) => rule,
  );
  const leftOut = [...left].map(([rule, { length: n }]) =>
    rule === 'bot'
      ? say(lang, 'roll', 'left-out-bot', { n })
      : say(lang, 'roll', 'left-out-by', { n, rule: escapeMarkdown(rule) }),
  );
  const said = (code: 'repositories' | 'cloned' | 'unattributed', n: number): string[] =>
    n > 0 ? [say(lang, 'roll', code, { n })] : [];
  const parts = [
    `## ${say(lang, 'roll', 'title')}`,
    say(lang, 'roll', 'voters', { n: built.voters }),
    [
      `| ${say(lang, 'roll', 'by-rule')} | ${say(lang, 'roll', 'people')} | ${say(lang, 'roll', 'alone')} |`,
      '| --- | ---: | ---: |',
      ...rules.map(line),
    ].join('\n'),
    leftOut.length > 0 ? `${say(lang, 'roll', 'left-out')}: ${leftOut.join(', ')}.` : '',
    [
      ...said('repositories', built.repositories),
      ...said('cloned', built.cloned),
      ...said('unattributed', built.unattributed),
      ...(built.openUntil === null ? [] : [say(lang, 'roll', 'window-open', { day: day(built.openUntil) })]),
    ].join(' '),
    differenceOf(built, lang),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function differenceOf({ difference }: BuiltRoll, lang: Lang): string {
  if (difference === null) return say(lang, 'roll', 'first-roll');
  // A name must not end the block that it stands in.
  const lines = rollDifference(difference, lang).map((each) => each.replaceAll('```', "'''"));
  const shown =
    lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '...', ...lines.slice(-1)] : lines;
  return `\`\`\`diff\n${shown.join('\n')}\n\`\`\``;
}
