import type { Diagnostic, Instant, ReadElection } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { DIRECTION, quoted } from '../text.ts';

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd]/;
const TURNS = new RegExp(`[${DIRECTION}]`);
/** What makes a cell a formula in a spreadsheet (OWASP, CSV injection), in ASCII and full width. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
/** Whether a spreadsheet would take a cell with this text for a formula. */
export const isFormula = (text: string): boolean => FORMULA.test(text);
const MARKUP = /[<>]/;
/** What ends an attribute, or means something in a URL or a file name. */
const IN_PATHS = /["'`&?#%*:|;\\]|^\s|\s$/;

/**
 * What makes a name unsafe in some output (a page, feed, URL, file name, CSV that a spreadsheet opens), in words that
 * follow "holds" or "starts"; null for a safe one. `path` asks for more: folder names and ids stand in URLs
 * and attributes as well. Every output still has to escape; this keeps the names plain that they get.
 */
export function unsafeIn(text: string, kind: 'title' | 'path'): string | null {
  if (CONTROL.test(text)) return 'holds a control character';
  if (TURNS.test(text)) return 'holds an invisible character that turns the direction of writing';
  if (isFormula(text))
    return `starts with "${text.trim().charAt(0)}", which makes it a formula in spreadsheets`;
  if (MARKUP.test(text)) return 'holds "<" or ">"';
  if (kind === 'path' && IN_PATHS.test(text))
    return 'holds quotation marks or another character with a meaning in URLs and file names';
  return null;
}

/**
 * Names that are unsafe in some output: an error before the election begins, when they can still be changed, and a
 * warning from then on. `now` decides; unreadable dates count as not begun.
 */
export function checkNames(read: ReadElection, now: Instant): readonly Diagnostic[] {
  const { election } = read;
  const begun = election !== null && election.opensAt <= now;
  const found: Diagnostic[] = [];
  const check = (code: string, what: string, text: string, kind: 'title' | 'path', file: string): void => {
    const why = unsafeIn(text, kind);
    if (why === null) return;
    const report = new Report(file);
    report[begun ? 'warning' : 'error'](
      code,
      WHOLE_FILE,
      `${what} ${quoted(text)} ${why}.`,
      begun
        ? 'Choose plain names next time; this one stays, for ballots and links refer to it.'
        : 'Rename it before the election begins.',
    );
    found.push(...report.diagnostics);
  };
  const file = `${read.folder}/election.yaml`;
  for (const part of read.key.split('---')) check('folder-name-unsafe', 'The folder', part, 'path', file);
  if (election) {
    check('election-name-unsafe', 'The name', election.name, 'title', file);
    for (const candidate of election.candidates) {
      check('candidate-id-unsafe', 'The ID', candidate.id, 'path', candidate.file);
      check('candidate-name-unsafe', 'The name', candidate.name, 'title', candidate.file);
    }
  }
  return found;
}
