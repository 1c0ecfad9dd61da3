import type { ColumnRole, HeaderCell } from '@elekto/tally';
import { BallotsFormatError } from '@elekto/tally';

import type { ReadOptions } from '../model.ts';

/** Names that columns have which say whose or which row it is, and that nobody is called by. */
const LEFT_OUT =
  /^(?:(?:ballot|voter|vote|cvr|cast[ _-]?vote[ _-]?record|response|respondent|record|row|participant|submission|collector)[ _-]?(?:ids?|no\.?|nr\.?|num|number|#)|(?:voter|full|first|last|user)[ _-]?names?|surname|login|time[ _-]?stamp|submitted(?:[ _-]at)?|(?:start|end)[ _-]?(?:date|time)|ip[ _-]?address|e-?mail(?:[ _-]?address)?|precinct(?:[ _-]?(?:id|name|portion))?|batch[ _-]?(?:id|number)|ballot[ _-]?(?:style|type)|tabulator[ _-]?(?:id|number))$/i;

/** Names that say a number of ballots. */
const COUNTS =
  /^(?:weights?|counts?|multiplicity|quantity|times|(?:number|no\.?)[ _]of[ _](?:ballots|votes)|ballots|votes)$/i;

/** Whether a column of this name is likely to say how many ballots a row stands for. */
export const isCount = (name: string): boolean => COUNTS.test(name);

/** Names that may be those of a column of ids, or of a candidate. */
const DOUBTFUL = /^(?:ids?|no\.?|nr\.?|#|num(?:ber)?|index|ballot|voter|name|user(?:name)?|date)$/i;

/**
 * What each column of a header is, by what a person said, then by its name. A name that may be two things is
 * an error that says both.
 */
export function rolesOf(header: readonly HeaderCell[], options: ReadOptions): ColumnRole[] {
  const { ignore = [], candidates = [], weights = null } = options;
  for (const name of [...ignore, ...(weights === null ? [] : [weights])]) {
    if (!header.some(({ text }) => text === name))
      throw new BallotsFormatError(
        1,
        1,
        `expected a column ${JSON.stringify(name)}, found none of this name`,
      );
  }
  return header.map(({ text, line, column }) => {
    if (text === weights) return 'count';
    if (ignore.includes(text)) return 'left-out';
    if (candidates.includes(text)) return 'candidate';
    if (LEFT_OUT.test(text)) return 'left-out';
    const name = JSON.stringify(text);
    const say = (reading: string, option: string): string =>
      `expected the columns to be clear, found ${name}, which may be ${reading} (${option}) or a candidate (--candidate ${name})`;
    if (isCount(text) && weights === null)
      throw new BallotsFormatError(
        line,
        column,
        say('how many ballots a row stands for', `--weights ${name}`),
      );
    if (DOUBTFUL.test(text))
      throw new BallotsFormatError(line, column, say('a column of ids', `--ignore ${name}`));
    if (text === '')
      throw new BallotsFormatError(
        line,
        column,
        'expected a candidate id, found an empty cell (--ignore "" leaves the column out)',
      );
    return 'candidate';
  });
}

/** What to tell about columns that are no candidates. */
export function leftOutNote(header: readonly HeaderCell[], roles: readonly ColumnRole[]): string[] {
  const names = header.filter((_, i) => roles[i] === 'left-out').map(({ text }) => JSON.stringify(text));
  if (names.length === 0) return [];
  return [`${names.join(', ')} ${names.length === 1 ? 'is no candidate' : 'are no candidates'}`];
}
