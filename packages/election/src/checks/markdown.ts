import { MARKDOWN_LIMITS, markdownExcess } from '../markdown-limits.ts';
import type { Place, Report } from '../report.ts';

const WHY = {
  length: `longer than ${MARKDOWN_LIMITS.length.toLocaleString('en')} characters`,
  lines: `longer than ${MARKDOWN_LIMITS.lines.toLocaleString('en')} lines`,
  marks: 'made of more brackets, stars, quotes, cells and the like than a page can bear',
  run: `a row of more than ${MARKDOWN_LIMITS.run} brackets, stars or the like`,
  nesting: `quotes or lists nested more than ${MARKDOWN_LIMITS.nesting} deep`,
} as const;

/** Whether Markdown that pages show will be rendered; a text that would take too long is shown as it is written. */
export function checkMarkdown(text: string, what: string, place: Place, report: Report): void {
  const excess = markdownExcess(text);
  if (excess === null) return;
  const holds = excess === 'run' || excess === 'nesting' ? 'holds' : 'is';
  report.warning(
    'markdown-not-rendered',
    place,
    `${what} ${holds} ${WHY[excess]}, so pages show it as written.`,
    'Shorten or simplify it.',
  );
}
