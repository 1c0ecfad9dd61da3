import { candidateFileName } from '../candidate/file-name.ts';
import { readCandidate } from '../candidate/read-candidate.ts';
import { checkFields } from '../checks/fields.ts';
import { LIMITS } from '../limits.ts';
import { foldLogin, sameLogin } from '../login.ts';
import type { Candidate, Diagnostic, SourceFile } from '../model.ts';
import { inOrder, Report, WHOLE_FILE } from '../report.ts';
import { quoted } from '../text.ts';

/** The candidates among the files of an election folder, in file-name order; `shown` are the fields the ballot shows. */
export function readCandidates(
  files: readonly SourceFile[],
  shown: readonly string[],
  diagnostics: Diagnostic[],
): Candidate[] {
  const found: { candidate: Candidate; stem: string }[] = [];
  let count = 0;
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    const name = candidateFileName(file.path);
    if (name.kind === 'other') continue;
    const report = new Report(file.path);
    if (++count > LIMITS.candidates) {
      report.error(
        'candidates-too-many',
        WHOLE_FILE,
        `More than ${LIMITS.candidates} candidate files; the rest was left out.`,
        '',
      );
      diagnostics.push(...report.diagnostics);
      break;
    }
    const reading = readCandidate(file.path, file.text);
    const { candidate } = reading;
    if (name.kind === 'template' && (!candidate || !sameLogin(candidate.id, name.stem))) {
      // One that nobody has filled in is what the name says.
      if (candidate === null || isUnfilled(candidate)) continue;
      report.info(
        'candidate-template',
        WHOLE_FILE,
        'The file was taken for a template and is not a candidate.',
        'Name it after the ID in its header if it is one.',
      );
      diagnostics.push(...report.diagnostics);
      continue;
    }
    if (name.kind === 'perhaps') {
      if (!candidate) {
        report.info(
          'candidate-file-name',
          WHOLE_FILE,
          'The file looks like a candidate file by its name only; it was ignored.',
          'Candidate files are named candidate-<ID>.md.',
        );
        diagnostics.push(...report.diagnostics);
        continue;
      }
      report.warning(
        'candidate-file-name',
        WHOLE_FILE,
        'The file was read as a candidate file.',
        `Rename it to candidate-${candidate.id}.md.`,
      );
    } else if (name.kind === 'candidate' && name.stem === '')
      report.warning(
        'candidate-file-name',
        WHOLE_FILE,
        'The file name holds no ID.',
        candidate ? `Rename it to candidate-${candidate.id}.md.` : 'Name it candidate-<ID>.md.',
      );
    diagnostics.push(...report.diagnostics, ...inOrder(reading.diagnostics));
    if (!candidate) continue;
    diagnostics.push(...checkFields(reading, candidate, shown));
    found.push({ candidate, stem: name.stem });
  }
  return withoutDuplicates(found, diagnostics);
}

/**
 * Two files with one ID: the one named after the ID stays, the other is an error. Two IDs in different case are an
 * error too, and both stay: nobody is lost to a file that somebody else added.
 */
function withoutDuplicates(
  found: readonly { candidate: Candidate; stem: string }[],
  diagnostics: Diagnostic[],
): Candidate[] {
  const chosen = new Map<string, { candidate: Candidate; stem: string }>();
  for (const entry of found) {
    const other = chosen.get(entry.candidate.id);
    if (!other || (entry.stem === entry.candidate.id && other.stem !== other.candidate.id))
      chosen.set(entry.candidate.id, entry);
  }
  const first = new Map<string, Candidate>();
  return found.flatMap((entry) => {
    const winner = chosen.get(entry.candidate.id);
    const report = new Report(entry.candidate.file);
    if (winner === entry) {
      const alike = first.get(foldLogin(entry.candidate.id));
      if (!alike) first.set(foldLogin(entry.candidate.id), entry.candidate);
      else
        report.error(
          'candidate-id-case',
          { line: 1, column: 1 },
          `The ID ${quoted(entry.candidate.id)} differs only in case from ${quoted(alike.id)} in ${alike.file}.`,
          'IDs are told apart without case: remove one of the files, or correct its ID.',
        );
      diagnostics.push(...report.diagnostics);
      return [entry.candidate];
    }
    report.error(
      'candidate-duplicate-id',
      { line: 1, column: 1 },
      `The ID ${quoted(entry.candidate.id)} is also that of ${winner?.candidate.file ?? 'another file'}; this file was left out.`,
      'Give each candidate their own login as ID.',
    );
    diagnostics.push(...report.diagnostics);
    return [];
  });
}

/** Whether a template still asks for the name and the login. */
function isUnfilled({ id, name }: Candidate): boolean {
  return (
    /^(?:git(?:hub|lab)?[ _-]?(?:id|login|username|handle)|your\b.*|login|username|id)$/i.test(id) ||
    /\byour\b/i.test(name)
  );
}
