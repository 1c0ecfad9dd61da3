import { readCandidate } from '../candidate/read-candidate.ts';
import { readDefinition } from '../definition/read-definition.ts';
import type { LoginRule } from '../login.ts';
import type { Candidate, Diagnostic } from '../model.ts';
import { inOrder, Report, WHOLE_FILE } from '../report.ts';
import { readVoters } from '../roll/read-voters.ts';
import {
  baseName,
  DESCRIPTION_NAMES,
  isDefinitionName,
  isVotersName,
  QUESTIONS_NAMES,
  RESULTS_KEYS_NAME,
  RESULTS_NAMES,
  SITE_NAME,
} from './files.ts';
import { readResultsKeys } from '../results-keys/read-results-keys.ts';
import { readSiteFile } from '../site-file/read-site-file.ts';

/** What a single file says when it is read without its neighbours. */
export type ReadFile = { readonly diagnostics: readonly Diagnostic[] } & (
  | { readonly kind: 'candidate'; readonly candidate: Candidate | null }
  | { readonly kind: 'definition'; readonly name: string | null }
  | { readonly kind: 'voters'; readonly voters: number }
  | { readonly kind: 'results-keys'; readonly keys: number }
  | { readonly kind: 'site' | 'markdown' | 'other' }
);

/** Reads one file by what its name says it is; any other Markdown file is read as a candidate's. */
export function readFile(path: string, text: string, rule: LoginRule = {}): ReadFile {
  const name = baseName(path);
  const lower = name.toLowerCase();
  if (isDefinitionName(name)) {
    const { definition, report } = readDefinition(path, text, rule);
    return { kind: 'definition', name: definition?.name ?? null, diagnostics: inOrder(report.diagnostics) };
  }
  if (isVotersName(name)) {
    const { voters, report } = readVoters(path, text, rule);
    return { kind: 'voters', voters: voters.length, diagnostics: inOrder(report.diagnostics) };
  }
  if (name === RESULTS_KEYS_NAME) {
    const { keys, report } = readResultsKeys(path, text);
    return { kind: 'results-keys', keys: keys.length, diagnostics: inOrder(report.diagnostics) };
  }
  if (name === SITE_NAME)
    return { kind: 'site', diagnostics: inOrder(readSiteFile(path, text).report.diagnostics) };
  if ([...DESCRIPTION_NAMES, ...RESULTS_NAMES, ...QUESTIONS_NAMES].some((known) => known === lower))
    return { kind: 'markdown', diagnostics: [] };
  if (/\.(?:md|markdown)$/i.test(name) || /^candidate-/i.test(name)) {
    const { candidate, diagnostics } = readCandidate(path, text);
    return { kind: 'candidate', candidate, diagnostics };
  }
  const report = new Report(path);
  report.info(
    'file-not-ours',
    WHOLE_FILE,
    "The file is none of an election folder's and was not checked.",
    '',
  );
  return { kind: 'other', diagnostics: report.diagnostics };
}
