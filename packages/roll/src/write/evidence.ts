import type { Instant } from '@elekto/election';
import { exclusions, metWithoutExceptions, reasons, type Judged, type Verdict } from '../decide/decide.ts';
import { csvRow, readCsv } from '../files/csv.ts';
import { RollFileError } from '../files/problem.ts';

const HEADER = ['login', 'on_roll', 'rule', 'count', 'needed', 'first', 'last'] as const;

/** A row of roll-evidence.csv. */
export interface EvidenceRow {
  readonly login: string;
  /** `no` for bots and for whom an exception takes off; who is merely short of a rule is not listed. */
  readonly on: boolean;
  /** The rule that is met or, of somebody who is not on the roll, the exception; `bot` for a bot. */
  readonly rule: string;
  readonly count: string;
  readonly needed: string;
  /** Days, `YYYY-MM-DD` in UTC; empty where nothing has a date. */
  readonly first: string;
  readonly last: string;
}

/** Why each is on the roll, and why each who would be is not. A row for each rule that is met. */
export function evidenceRows(people: readonly Judged[]): readonly EvidenceRow[] {
  return people.flatMap((person): readonly EvidenceRow[] => {
    const { login, on, bot, verdict } = person;
    if (on) return reasons(verdict).map((each) => row(login, true, each));
    if (bot && metWithoutExceptions(verdict))
      return [{ login, on, rule: 'bot', count: '', needed: '', first: '', last: '' }];
    return metWithoutExceptions(verdict) ? exclusions(verdict).map((each) => row(login, false, each)) : [];
  });
}

function row(login: string, on: boolean, { rule, tally, wanted }: Verdict): EvidenceRow {
  const count = tally === null ? '' : String(tally.count);
  return {
    login,
    on,
    rule: rule.label,
    count,
    needed: 'of' in rule ? '' : String(wanted),
    first: day(tally?.first ?? null),
    last: day(tally?.last ?? null),
  };
}

const day = (at: Instant | null): string => (at === null ? '' : new Date(at).toISOString().slice(0, 10));

/** roll-evidence.csv: nothing that is not public, and nothing a spreadsheet would run. */
export function writeEvidence(rows: readonly EvidenceRow[]): string {
  return [
    csvRow(HEADER),
    ...rows.map((each) =>
      csvRow([each.login, each.on ? 'yes' : 'no', each.rule, each.count, each.needed, each.first, each.last]),
    ),
  ].join('');
}

/** roll-evidence.csv as it was written. Throws RollFileError for another file. */
export function readEvidence(file: string, text: string): readonly EvidenceRow[] {
  const [header = [], ...rows] = readCsv(text);
  if (header.join() !== HEADER.join())
    throw new RollFileError(`${file} is not a roll-evidence.csv of this version: build the roll again.`);
  return rows.map(
    ([login = '', on = '', rule = '', count = '', needed = '', first = '', last = ''], index) => {
      if (login === '' || (on !== 'yes' && on !== 'no'))
        throw new RollFileError(
          `${file}, row ${index + 2}: a login with yes or no is expected. Nobody edits this file: build the roll again.`,
        );
      return { login, on: on === 'yes', rule, count, needed, first, last };
    },
  );
}
