import { hashOf } from '@elekto/wire';

/** Where the text of results.md comes from. */
export type Prose =
  /** As it was drafted for exactly this result. */
  | 'as-drafted'
  /** Changed since, or drafted for another state of the result. */
  | 'edited'
  /** Written by people. */
  | 'by-hand';

const MARK = /\n<!-- elekto draft ([0-9a-f]{64}) -->\n$/;

const markOf = (text: string, revision: string): string => hashOf('elekto/results draft/1', text, revision);

/** A drafted results.md with the mark by which it is known again: a comment that pages do not show. */
export const markDraft = (text: string, revision: string): string => {
  const ended = text.endsWith('\n') ? text : `${text}\n`;
  return `${ended}\n<!-- elekto draft ${markOf(ended, revision)} -->\n`;
};

/** Whether a results.md is what was drafted for a revision of a result. */
export function proseOf(resultsMd: string, revision: string | null): Prose {
  const text = resultsMd.replaceAll('\r\n', '\n');
  const found = MARK.exec(text);
  if (found === null) return /<!-- elekto draft /.test(text) ? 'edited' : 'by-hand';
  const drafted = revision !== null && found[1] === markOf(text.slice(0, found.index), revision);
  return drafted ? 'as-drafted' : 'edited';
}
