import { checkFields } from '../checks/fields.ts';
import { checkNames } from '../checks/names.ts';
import { checkNominations } from '../checks/nominations.ts';
import { checkSameNames } from '../checks/same-names.ts';
import { sameLogin } from '../login.ts';
import type { Diagnostic, Election, Instant } from '../model.ts';
import { Report } from '../report.ts';
import { quoted } from '../text.ts';
import { lintFile, rulesFor } from './lint.ts';

/** What of an election bears on the file of somebody who stands. */
export type NominationFor = Pick<
  Election,
  'candidates' | 'nominations' | 'questions' | 'shownFields' | 'opensAt' | 'closesAt'
>;

/**
 * The file of somebody who wants to stand, as `lintTree` would judge it beside those of the others: for a form that checks what
 * is typed. `path` is the file's, from the root of the repository.
 */
export function lintNomination(
  election: NominationFor,
  path: string,
  text: string,
  now: Instant,
): readonly Diagnostic[] {
  const read = lintFile(path, text, rulesFor(election, {}));
  const candidate = read.kind === 'candidate' ? read.candidate : null;
  if (candidate === null) return read.diagnostics;
  const others = election.candidates.filter(({ file }) => file !== path);
  const again = election.candidates.find(({ id }) => sameLogin(id, candidate.id));
  const report = new Report(path);
  if (again !== undefined)
    report.error(
      'candidate-duplicate-id',
      { line: 1, column: 1 },
      `The ID ${quoted(candidate.id)} is also that of ${again.file}.`,
      'Change that file instead.',
    );
  const alone = { ...election, name: '', candidates: [candidate] } as unknown as Election;
  return [
    ...read.diagnostics,
    ...report.diagnostics,
    ...checkFields({ infoPlace: { line: 1, column: 1 } }, candidate, election.shownFields),
    ...checkNames({ key: '', folder: '', election: alone, diagnostics: [] }, now),
    ...checkSameNames([...others, candidate]).filter(({ file }) => file === path),
    ...checkNominations(alone, now),
  ];
}
