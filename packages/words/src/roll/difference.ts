import type { EvidenceRow, Moved, RollDifference } from '@elekto/roll';

import type { Lang } from '../languages.ts';
import { say } from '../say.ts';

/** The difference of two rolls: who comes and who goes, each with why where the evidence says it. */
export function rollDifference(
  { added, removed, same }: RollDifference,
  before: readonly EvidenceRow[],
  after: readonly EvidenceRow[],
  lang: Lang,
): readonly string[] {
  const [old, now] = [byLogin(before), byLogin(after)];
  const because = (row: EvidenceRow): string =>
    row.needed === '' || row.first === ''
      ? say(lang, 'roll', 'by', { rule: row.rule })
      : say(lang, 'roll', 'by-count', { rule: row.rule, count: row.count, wanted: row.needed });
  const join = (rows: readonly string[]): string => rows.join(', ') || say(lang, 'roll', 'by-nothing');
  return [
    ...added.map((login) => {
      const why = rowsOf(now, login).filter(({ on }) => on);
      return `+ ${say(lang, 'roll', 'moved-added', { login, why: join(why.map(because)) })}`;
    }),
    ...removed.map((login) => {
      const excluded = rowsOf(now, login).filter(({ on }) => !on);
      const gone = rowsOf(old, login).filter(({ on }) => on);
      const why =
        excluded.length > 0
          ? excluded.map(because)
          : gone.map(({ rule }) => say(lang, 'roll', 'no-longer', { rule }));
      return `- ${say(lang, 'roll', 'moved-removed', { login, why: join(why) })}`;
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

function byLogin(rows: readonly EvidenceRow[]): ReadonlyMap<string, readonly EvidenceRow[]> {
  return Map.groupBy(rows, ({ login }) => login.toLowerCase());
}
const rowsOf = (rows: ReadonlyMap<string, readonly EvidenceRow[]>, login: string): readonly EvidenceRow[] =>
  rows.get(login.toLowerCase()) ?? [];
