import type { EvidenceRow, Moved, RollDifference } from '@elekto/roll';

import type { Lang } from '../languages.ts';
import { say } from '../say.ts';

/** The difference of two rolls: who comes and who goes, each with why where the evidence says it. */
export function rollDifference({ added, removed, same }: RollDifference, lang: Lang): readonly string[] {
  const because = (row: EvidenceRow): string =>
    row.needed === '' || row.first === ''
      ? say(lang, 'roll', 'by', { rule: row.rule })
      : say(lang, 'roll', 'by-count', { rule: row.rule, count: row.count, wanted: row.needed });
  const join = (rows: readonly string[]): string => rows.join(', ') || say(lang, 'roll', 'by-nothing');
  return [
    ...added.map(
      ({ voter, met }) =>
        `+ ${say(lang, 'roll', 'moved-added', { login: voter, why: join(met.map(because)) })}`,
    ),
    ...removed.map(({ voter, excludedBy, met }) => {
      const why =
        excludedBy.length > 0
          ? excludedBy.map(because)
          : met.map(({ rule }) => say(lang, 'roll', 'no-longer', { rule }));
      return `- ${say(lang, 'roll', 'moved-removed', { login: voter, why: join(why) })}`;
    }),
    say(lang, 'roll', 'same', { n: same }),
  ];
}

/** Whose evidence says something else, of those who stay where they are. */
export function rollMoves(moved: readonly Moved[], lang: Lang): readonly string[] {
  return moved.map(({ login, rule, before, after }) =>
    say(lang, 'roll', 'moved-count', { login, rule, before: shown(before), after: shown(after) }),
  );
}

function shown(row: EvidenceRow | null): string {
  if (row === null) return '-';
  const days = [row.first, row.last].filter((each) => each !== '').join('..');
  return [row.count || '-', days].filter((part) => part !== '').join(' ');
}
