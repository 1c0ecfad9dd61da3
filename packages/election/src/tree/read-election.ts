import { candidateFileName } from '../candidate/file-name.ts';
import { readCandidate } from '../candidate/read-candidate.ts';
import { checkFields, checkLimit } from '../checks/fields.ts';
import { readDefinition } from '../definition/read-definition.ts';
import { folderToKey } from '../key.ts';
import { LIMITS } from '../limits.ts';
import { foldLogin } from '../login.ts';
import type { Candidate, Diagnostic, Election, ReadElection, SourceFile } from '../model.ts';
import { inOrder, Report, WHOLE_FILE } from '../report.ts';
import { readVoters } from '../roll/read-voters.ts';
import { quoted, stripBom } from '../text.ts';
import {
  DEFINITION_NAMES,
  DESCRIPTION_NAMES,
  RESULTS_NAMES,
  VOTERS_NAMES,
  baseName,
  relativeFolder,
} from './files.ts';

/**
 * Reads one election folder. `files` are the files directly in it (others are ignored), with paths
 * relative to the repository root. Problems in one file never hide another's content.
 */
export function readElection(
  folder: string,
  electionsDir: string,
  files: readonly SourceFile[],
): ReadElection {
  const diagnostics: Diagnostic[] = [];
  const here = files.filter((file) => file.path.slice(0, Math.max(0, file.path.lastIndexOf('/'))) === folder);
  for (const file of here) diagnostics.push(...(file.problems ?? []));
  const readable = here.filter((file) => !file.refused);

  const at = (name: string): string => (folder ? `${folder}/${name}` : name);
  const relative = relativeFolder(folder, electionsDir);
  const key = relative === null ? null : folderToKey(relative);
  if (key === null) {
    const report = new Report(at('election.yaml'));
    if (relative === '')
      report.error(
        'election-at-root',
        WHOLE_FILE,
        'election.yaml stands in the elections folder itself, so the election has no key.',
        'Move it and its files into a folder of their own.',
      );
    else
      report.error(
        'folder-name',
        WHOLE_FILE,
        `The folder ${quoted(folder)} cannot be part of a URL.`,
        'Rename it: no leading dots, no backslashes, no control characters.',
      );
    return { key: '', folder, election: null, diagnostics: [...diagnostics, ...report.diagnostics] };
  }

  const pick = (names: readonly string[]): SourceFile | null => pickFile(here, names, diagnostics);
  const definitionFile = pick(DEFINITION_NAMES);
  const votersFile = pick(VOTERS_NAMES);
  const description = pick(DESCRIPTION_NAMES);
  const results = pick(RESULTS_NAMES);

  const definition =
    definitionFile && !definitionFile.refused
      ? readDefinition(definitionFile.path, definitionFile.text)
      : null;
  if (definition) diagnostics.push(...inOrder(definition.report.diagnostics));
  else if (!definitionFile) {
    const report = new Report(at('election.yaml'));
    report.error(
      'election-file-missing',
      WHOLE_FILE,
      'The folder has no election.yaml.',
      'Add one: run "elekto new election".',
    );
    diagnostics.push(...report.diagnostics);
  }

  const voters = readRoll(votersFile, at('voters.yaml'), diagnostics);
  const candidates = readCandidates(readable, definition?.definition?.shownFields ?? [], diagnostics);
  if (definition?.definition && !here.some((file) => candidateFileName(file.path).kind === 'candidate')) {
    const report = new Report(definitionFile?.path ?? at('election.yaml'));
    report.info(
      'candidates-none',
      WHOLE_FILE,
      'The election has no candidates.',
      'Add a candidate-<ID>.md for each.',
    );
    diagnostics.push(...report.diagnostics);
  }
  if (definition?.definition?.representationLimit)
    diagnostics.push(
      ...checkLimit(definition.definition.representationLimit, candidates, definitionFile?.path ?? ''),
    );

  const election: Election | null = definition?.definition
    ? {
        key,
        folder,
        ...definition.definition,
        description: markdownOf(description, diagnostics) ?? '',
        results: markdownOf(results, diagnostics),
        ballotsCsv: textOf(readable, /^ballots\.csv$/i, LIMITS.ballots, diagnostics),
        resultsJson: textOf(readable, /^results\.json$/, LIMITS.resultsJson, diagnostics),
        candidates,
        voters,
        votersText: votersFile?.text ?? null,
      }
    : null;
  return { key, folder, election, diagnostics };
}

/** The file by its first name, else by another spelling of it, with a warning. */
function pickFile(
  files: readonly SourceFile[],
  names: readonly string[],
  diagnostics: Diagnostic[],
): SourceFile | null {
  for (const name of names) {
    const file =
      files.find((candidate) => baseName(candidate.path) === name) ??
      files.find((candidate) => baseName(candidate.path).toLowerCase() === name);
    if (!file) continue;
    if (baseName(file.path) !== names[0]) {
      const report = new Report(file.path);
      report.warning(
        'file-name',
        WHOLE_FILE,
        `The file was read as ${names[0]}.`,
        `Rename it to ${names[0]}.`,
      );
      diagnostics.push(...report.diagnostics);
    }
    return file;
  }
  return null;
}

function readRoll(file: SourceFile | null, expected: string, diagnostics: Diagnostic[]): Election['voters'] {
  if (!file) {
    const report = new Report(expected);
    report.error(
      'voters-missing',
      WHOLE_FILE,
      'The election has no voters.yaml, so nobody can vote.',
      'Add it: "eligible_voters:" and one "- login" a line.',
    );
    diagnostics.push(...report.diagnostics);
    return [];
  }
  if (file.refused) {
    const report = new Report(file.path);
    report.error(
      'voters-unreadable',
      WHOLE_FILE,
      'The voter roll could not be read.',
      'See the problem reported for this file.',
    );
    diagnostics.push(...report.diagnostics);
    return [];
  }
  const { voters, report } = readVoters(file.path, file.text);
  diagnostics.push(...inOrder(report.diagnostics));
  return voters;
}

function readCandidates(
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
    if (name.kind === 'template' && (!candidate || foldLogin(candidate.id) !== foldLogin(name.stem))) {
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

/** Two files with one ID: the one named after the ID stays, the other is an error. */
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
  return found.flatMap((entry) => {
    const winner = chosen.get(entry.candidate.id);
    if (winner === entry) return [entry.candidate];
    const report = new Report(entry.candidate.file);
    report.error(
      'candidate-duplicate-id',
      { line: 1, column: 1 },
      `The ID ${quoted(entry.candidate.id)} is also that of ${winner?.candidate.file ?? 'another file'}; this file was left out.`,
      'Give each candidate their own GitHub login as ID.',
    );
    diagnostics.push(...report.diagnostics);
    return [];
  });
}

function markdownOf(file: SourceFile | null, diagnostics: Diagnostic[]): string | null {
  if (!file || file.refused) return null;
  return sized(file, LIMITS.markdown, diagnostics)?.replace(/\r\n?/g, '\n') ?? null;
}

function textOf(
  files: readonly SourceFile[],
  name: RegExp,
  limit: number,
  diagnostics: Diagnostic[],
): string | null {
  const file = files.find((candidate) => name.test(baseName(candidate.path)));
  return file ? sized(file, limit, diagnostics) : null;
}

function sized(file: SourceFile, limit: number, diagnostics: Diagnostic[]): string | null {
  if (file.text.length <= limit) return stripBom(file.text);
  const report = new Report(file.path);
  report.error(
    'file-too-big',
    WHOLE_FILE,
    `The file is larger than ${Math.round(limit / 1024 / 1024)} MiB and was not read.`,
    'Shorten it.',
  );
  diagnostics.push(...report.diagnostics);
  return null;
}
