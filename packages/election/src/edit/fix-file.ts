import { candidateFileName } from '../candidate/file-name.ts';
import { readCandidate } from '../candidate/read-candidate.ts';
import { readDefinition } from '../definition/read-definition.ts';
import type { LoginRule } from '../login.ts';
import type { LineEdit } from '../report.ts';
import { readVoters } from '../roll/read-voters.ts';
import { baseName, isDefinitionName, isVotersName } from '../tree/files.ts';

/** A repair may reveal another on the same line; a handful of rounds settles every file we know. */
const ROUNDS = 12;

/**
 * Applies the repairs that are safe: quotation marks around values that need them, tabs, a missing line
 * of dashes, code fences, `@` before logins, doubled and empty roll entries. Comments and line ends stay
 * as they are. Returns the text unchanged when there is nothing to repair or the file is none of ours.
 */
export function fixFile(path: string, text: string, rule: LoginRule = {}): { text: string; repairs: number } {
  let current = text;
  let repairs = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const edits = firstOfEachLine(editsFor(path, current, rule));
    const next = apply(current, edits);
    if (next === current) break;
    current = next;
    repairs += edits.size;
  }
  return { text: current, repairs };
}

function editsFor(path: string, text: string, rule: LoginRule): readonly LineEdit[] {
  const name = baseName(path);
  if (isDefinitionName(name)) return readDefinition(path, text, rule).report.edits;
  if (isVotersName(name)) return readVoters(path, text, rule).report.edits;
  if (candidateFileName(name).kind !== 'candidate') return [];
  const reading = readCandidate(path, text);
  return reading.candidate ? reading.edits : [];
}

/** One edit a line; the others wait for the next round. */
function firstOfEachLine(edits: readonly LineEdit[]): ReadonlyMap<number, LineEdit> {
  const first = new Map<number, LineEdit>();
  for (const edit of edits) if (!first.has(edit.line)) first.set(edit.line, edit);
  return first;
}

/** Replaces whole lines. */
function apply(text: string, edits: ReadonlyMap<number, LineEdit>): string {
  if (edits.size === 0) return text;
  const pieces = text.split(/(\r\n|\n|\r)/);
  const usual = pieces[1] ?? '\n';
  let result = '';
  for (let at = 0; at < pieces.length; at += 2) {
    const line = pieces[at] ?? '';
    const end = pieces[at + 1] ?? '';
    const edit = edits.get(at / 2 + 1);
    if (!edit) result += line + end;
    else if (edit.lines.length > 0) result += edit.lines.join(end || usual) + end;
  }
  return result;
}
