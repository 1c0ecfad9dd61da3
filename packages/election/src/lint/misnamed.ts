import { candidateFileName } from '../candidate/file-name.ts';
import { readCandidate } from '../candidate/read-candidate.ts';
import { LIMITS } from '../limits.ts';
import { foldLogin, isPossibleLogin } from '../login.ts';
import type { Diagnostic } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';

/** Names of files that show a header and are nobody's. */
const NOBODYS =
  /^(?:readme|contributing|owners|.*(?:template|guide|example|sample|nomination|instructions|how-?to).*)$/i;
const TEXTS = /\.(?:md|markdown|mdx|txt)$/i;

/** Whether a file may be a candidate's under another name; only then its text is worth reading. */
export function mayBeMisnamed(path: string): boolean {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const stem = base.replace(/\..*$/, '');
  return TEXTS.test(base) && !NOBODYS.test(stem);
}

/**
 * Says that a file has a candidate's header and is no candidate, by its name or because it lies in a folder below the
 * election's: nobody would find it on the ballot. Null for other files. `nested`: it lies in such a folder.
 */
export function misnamedCandidate(path: string, text: string, nested: boolean): Diagnostic | null {
  const isNamed = candidateFileName(path).kind !== 'other';
  if (!mayBeMisnamed(path) || (isNamed && !nested) || text.length > LIMITS.candidate) return null;
  // The header is at the top, or it is a page about headers.
  if (!/^\uFEFF?(?:\s*\n)*-{3,}/.test(text)) return null;
  const { candidate } = readCandidate(path, text);
  if (!candidate || !isPossibleLogin(candidate.id) || foldLogin(candidate.id) === 'githubid') return null;
  const report = new Report(path);
  const right = `candidate-${candidate.id}.md`;
  report.warning(
    'candidate-misnamed',
    WHOLE_FILE,
    'The file has the header of a candidate and is none: it would not be on the ballot.',
    nested ? `Move it beside election.yaml, as ${right}.` : `Name it ${right}.`,
  );
  return report.diagnostics[0] ?? null;
}
