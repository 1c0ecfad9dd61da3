import { candidateFileName } from '../candidate/file-name.ts';
import { standing } from '../candidate/withdrawn.ts';
import { checkLimit } from '../checks/fields.ts';
import { checkHouseRules } from '../checks/house-rules.ts';
import { checkMarkdown } from '../checks/markdown.ts';
import { BOXES_NAME, readBoxes } from '../custody/read-boxes.ts';
import { readDefinition } from '../definition/read-definition.ts';
import { folderToKey } from '../key.ts';
import { LIMITS } from '../limits.ts';
import { type LoginRule } from '../login.ts';
import {
  RESULT_FILES,
  type Diagnostic,
  type Election,
  type ReadElection,
  type SourceFile,
} from '../model.ts';
import { judgeEndorsements } from '../nominations/endorsements.ts';
import { readQuestions } from '../nominations/questions.ts';
import { inOrder, Report, WHOLE_FILE } from '../report.ts';
import { withinSize } from '../size.ts';
import { readPlan } from '../plan/read-plan.ts';
import { readVoters } from '../roll/read-voters.ts';
import { quoted, stripBom } from '../text.ts';
import {
  DEFINITION_NAMES,
  DESCRIPTION_NAMES,
  EVIDENCE_NAMES,
  PLAN_NAMES,
  QUESTIONS_NAMES,
  TEMPLATE_NAMES,
  VOTERS_NAMES,
  baseName,
  relativeFolder,
} from './files.ts';
import { readCandidates } from './read-candidates.ts';

/**
 * Reads one election folder. `files` are the files directly in it (others are ignored), with paths
 * relative to the repository root. Problems in one file never hide another's content. The election has the `rule`.
 */
export function readElection(
  folder: string,
  electionsDir: string,
  files: readonly SourceFile[],
  rule: LoginRule = {},
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
  const results = pick(['results.md']);
  const resultsJson = pick(['results.json']);
  const ballots = pick(['ballots.csv']);
  const boxes = pick([BOXES_NAME]);
  const questions = pick(QUESTIONS_NAMES);
  const template = pick(TEMPLATE_NAMES);
  const evidence = pick(EVIDENCE_NAMES);
  const plan = pick(PLAN_NAMES);

  const definition =
    definitionFile && !definitionFile.refused
      ? readDefinition(definitionFile.path, definitionFile.text, rule)
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

  const { voters, noRoll } = readRoll(votersFile, at('voters.yaml'), rule, diagnostics);
  const candidates = readCandidates(readable, definition?.definition?.shownFields ?? [], diagnostics).map(
    (each) => judgeEndorsements(each, definition?.definition?.nominations, { ...rule, voters }),
  );
  if (definition?.definition && standing(candidates).length === 0) {
    const report = new Report(definitionFile?.path ?? at('election.yaml'));
    // An election that was just set up is no reason for a warning.
    const early = !here.some((file) => candidateFileName(file.path).kind === 'candidate');
    report[early ? 'info' : 'warning'](
      'no-candidates',
      WHOLE_FILE,
      'Nobody stands, so the election cannot open.',
      'Add a candidate-<ID>.md for each candidate, or repair the files reported here.',
    );
    diagnostics.push(...report.diagnostics);
  }
  if (definition?.definition?.houseRules)
    diagnostics.push(
      ...checkHouseRules(definition.definition.houseRules, candidates, definitionFile?.path ?? ''),
    );
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
        ballotsCsv: textOf(ballots, LIMITS.ballots, diagnostics),
        resultsJson: textOf(resultsJson, LIMITS.resultsJson, diagnostics),
        ...asked(template, questions, diagnostics),
        candidates,
        voters,
        ...(noRoll ? { noRoll } : {}),
        votersText: votersFile?.text ?? null,
        ...forOfficers(evidence, plan, diagnostics),
        ...boxesOf(boxes, definition.definition, diagnostics),
      }
    : null;
  return {
    key,
    folder,
    election: election && withUnread(election, [results, resultsJson, ballots]),
    diagnostics,
    ...(definition?.offices ? { offices: definition.offices } : {}),
  };
}

/** What candidates are asked to write. */
function asked(
  template: SourceFile | null,
  questions: SourceFile | null,
  diagnostics: Diagnostic[],
): Pick<Election, 'template' | 'questions'> {
  const form = textOf(template, LIMITS.candidate, diagnostics);
  const list = readQuestions(markdownOf(questions, diagnostics) ?? '');
  if (questions && list.length === 0) {
    const report = new Report(questions.path);
    report.warning(
      'questions-none',
      WHOLE_FILE,
      'The file has no headings, so it asks nothing.',
      'Write each question as a heading: "## What will you do first?"',
    );
    diagnostics.push(...report.diagnostics);
  }
  return { ...(form !== null && { template: form }), ...(list.length > 0 && { questions: list }) };
}

/** What officers alone look at. */
function forOfficers(
  evidence: SourceFile | null,
  plan: SourceFile | null,
  diagnostics: Diagnostic[],
): Pick<Election, 'evidenceText' | 'planDone'> {
  const evidenceText = textOf(evidence, LIMITS.evidence, diagnostics);
  const planText = textOf(plan, LIMITS.plan, diagnostics);
  const { done, report } = readPlan(plan?.path ?? '', planText ?? '');
  if (planText !== null) diagnostics.push(...inOrder(report.diagnostics));
  return {
    ...(evidenceText !== null && { evidenceText }),
    ...(planText !== null && done !== null && { planDone: done }),
  };
}

/** What box.txt names. */
function boxesOf(
  file: SourceFile | null,
  { custody }: Pick<Election, 'custody'>,
  diagnostics: Diagnostic[],
): Pick<Election, 'boxes'> {
  if (!file) return {};
  const { boxes, report } = readBoxes(file);
  if (custody === undefined)
    report.warning(
      'box-without-custody',
      WHOLE_FILE,
      'The file names a box for officers to count, and election.yaml has no "custody".',
      'Remove the file, or bring "custody" back as it was when voting began.',
    );
  diagnostics.push(...inOrder(report.diagnostics));
  return { boxes };
}

/** Names the result files that are there and gave nothing. */
function withUnread(election: Election, files: readonly (SourceFile | null)[]): Election {
  const values = [election.results, election.resultsJson, election.ballotsCsv];
  const unreadResults = RESULT_FILES.filter((_, index) => files[index] && values[index] === null);
  return unreadResults.length > 0 ? { ...election, unreadResults } : election;
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

function readRoll(
  file: SourceFile | null,
  expected: string,
  rule: LoginRule,
  diagnostics: Diagnostic[],
): Pick<Election, 'voters' | 'noRoll'> {
  if (!file) {
    const report = new Report(expected);
    report.error(
      'voters-missing',
      WHOLE_FILE,
      'The election has no voters.yaml, so it cannot open.',
      'Add it: "eligible_voters:" and one "- login" a line.',
    );
    diagnostics.push(...report.diagnostics);
    return { voters: [], noRoll: 'missing' };
  }
  const reading = file.refused ? null : readVoters(file.path, file.text, rule);
  const said = inOrder(reading?.report.diagnostics ?? []);
  diagnostics.push(...said);
  if (reading?.readable) return { voters: reading.voters };
  if (!said.some((each) => each.code === 'voters-unreadable')) {
    const report = new Report(file.path);
    report.error(
      'voters-unreadable',
      WHOLE_FILE,
      'The voter roll could not be read, so the election cannot open.',
      'See the problem reported for this file.',
    );
    diagnostics.push(...report.diagnostics);
  }
  return { voters: [], noRoll: 'unreadable' };
}

function markdownOf(file: SourceFile | null, diagnostics: Diagnostic[]): string | null {
  const text = textOf(file, LIMITS.markdown, diagnostics)?.replace(/\r\n?/g, '\n') ?? null;
  if (file && text !== null) {
    const report = new Report(file.path);
    checkMarkdown(text, 'The text', WHOLE_FILE, report);
    diagnostics.push(...report.diagnostics);
  }
  return text;
}

function textOf(file: SourceFile | null, limit: number, diagnostics: Diagnostic[]): string | null {
  return !file || file.refused ? null : sized(file, limit, diagnostics);
}

function sized(file: SourceFile, limit: number, diagnostics: Diagnostic[]): string | null {
  const report = new Report(file.path);
  if (withinSize(file.text, limit, report)) return stripBom(file.text);
  diagnostics.push(...report.diagnostics);
  return null;
}
