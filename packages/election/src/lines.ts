import type { Report } from './report.ts';
import { splitLines, stripBom } from './text.ts';

/** The lines of a file; a byte order mark, which they are without, is reported. */
export function linesOf(text: string, report: Report): string[] {
  const lines = splitLines(text);
  if (stripBom(text) !== text)
    report.warning(
      'byte-order-mark',
      { line: 1, column: 1 },
      'The file starts with a byte order mark.',
      'Save it as UTF-8 without BOM.',
      { line: 1, lines: [lines[0] ?? ''] },
    );
  return lines;
}
