/**
 * What a Markdown text may cost. The parser's time grows with the square of its lines and marks: 100 kB of `a\n=\n`
 * took minutes. Within these bounds the dearest text takes a second or so; what people write stays far below.
 */
export const MARKDOWN_LIMITS = {
  /** UTF-16 code units. */
  length: 100_000,
  lines: 3_000,
  /** Characters that begin or end something: brackets, emphasis, code, HTML, cells, and three for a quote or list. */
  marks: 4_000,
  /** Equal opening characters in a row. */
  run: 400,
  /** Quotes and lists within each other, as one line opens them. */
  nesting: 20,
} as const;

export type MarkdownExcess = keyof typeof MARKDOWN_LIMITS;

const MARKS: ReadonlySet<string> = new Set('[]()<>*_~`|&!\\@');
/** Of quotes and lists (`1.` and `1)` by their second character). */
const OPENERS: ReadonlySet<string> = new Set('>-*+.)');
const SPACES: ReadonlySet<string> = new Set(' \t0123456789');
const OPENING: ReadonlySet<string> = new Set('[!*_~`');

/** Which bound a text exceeds; null when it can be rendered. One pass over the text. */
export function markdownExcess(md: string): MarkdownExcess | null {
  if (md.length > MARKDOWN_LIMITS.length) return 'length';
  let lines = 1;
  let marks = 0;
  let run = 0;
  let nesting = 0;
  let opens = true;
  let before = '';
  for (const char of md) {
    if (char === '\n') {
      lines += 1;
      nesting = 0;
      opens = true;
    } else if (opens && OPENERS.has(char)) {
      // A rule (`- - - -`) opens nothing, so dashes and stars count only once other text follows.
      nesting += 1;
      marks += 2;
      if (char === '>' && nesting > MARKDOWN_LIMITS.nesting) return 'nesting';
    } else if (opens && !SPACES.has(char)) {
      opens = false;
      if (nesting > MARKDOWN_LIMITS.nesting) return 'nesting';
    }
    if (MARKS.has(char)) marks += 1;
    run = OPENING.has(char) ? (OPENING.has(before) ? run + 1 : 1) : 0;
    if (run > MARKDOWN_LIMITS.run) return 'run';
    before = char;
  }
  if (lines > MARKDOWN_LIMITS.lines) return 'lines';
  return marks > MARKDOWN_LIMITS.marks ? 'marks' : null;
}
