import { foldFieldValue } from './candidate/field-value.ts';

/** A heading of a Markdown text with what stands below it. */
export interface Section {
  /** The heading's words, without marks. */
  readonly title: string;
  /** 1 to 6. */
  readonly level: number;
  /** 0-based line of the heading. */
  readonly line: number;
  /** Up to the next heading of the same or a higher level, without empty lines around. */
  readonly text: string;
  /** Up to the next heading of any level. */
  readonly own: string;
}

/** The sections of a text in its order; those below a section are part of its `text`. Fences and comments hold no headings. */
export function sectionsOf(markdown: string): readonly Section[] {
  const lines = markdown.split('\n');
  const heads = headingsIn(lines);
  // The line of the nearest heading below of each level or higher, from the end up: one pass however many there are.
  const below: (number | undefined)[] = Array.from({ length: 7 }, () => undefined);
  const text = (from: number, until: number | undefined): string =>
    lines
      .slice(from, until)
      .join('\n')
      .replace(/^(?:[ \t]*\n)+/, '')
      .trimEnd();
  return heads
    .toReversed()
    .map(({ title, level, line, lines: height }) => {
      const section = {
        title,
        level,
        line,
        text: text(line + height, below[level]),
        own: text(line + height, below[6]),
      };
      for (let each = level; each <= 6; each++) below[each] = line;
      return section;
    })
    .toReversed();
}

/** The section of this title, whatever its case, white space and level; undefined without one. */
export function sectionOf(sections: readonly Section[], title: string): Section | undefined {
  const wanted = plain(title);
  return sections.find((each) => plain(each.title) === wanted);
}

const plain = (title: string): string => foldFieldValue(title).replace(/[\s.?!:]+$/, '');

interface Heading {
  readonly title: string;
  readonly level: number;
  readonly line: number;
  /** Lines that the heading takes. */
  readonly lines: number;
}

function headingsIn(lines: readonly string[]): readonly Heading[] {
  const found: Heading[] = [];
  let fence: string | null = null;
  let isComment = false;
  lines.forEach((whole, index) => {
    const line = isComment ? '' : whole;
    const opens = line.lastIndexOf('<!--');
    if (isComment) isComment = !whole.includes('-->');
    else if (opens >= 0 && fence === null) isComment = !line.includes('-->', opens);
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark) fence = fence === null ? mark : line.trim().startsWith(fence) ? null : fence;
    if (fence !== null) return;
    const atx = /^\s{0,3}(#{1,6})\s+/.exec(line)?.[1];
    if (atx !== undefined)
      return void found.push({
        title: withoutMarks(titleOf(line)),
        level: atx.length,
        line: index,
        lines: 1,
      });
    const under = /^\s{0,3}(=+|-+)\s*$/.exec(lines[index + 1] ?? '')?.[1];
    if (under !== undefined && /^\s{0,3}[^\s>|<-]/.test(line))
      found.push({ title: withoutMarks(line), level: under.startsWith('=') ? 1 : 2, line: index, lines: 2 });
  });
  return found;
}

const withoutMarks = (title: string): string =>
  title
    .replace(/<!--.*?-->/g, '')
    .replace(/[*_`:]+/g, '')
    .trim();

/** The words of `## Words ##`. */
function titleOf(line: string): string {
  const text = line.replace(/^\s*#+\s+/, '').trimEnd();
  let end = text.length;
  while (end > 0 && text[end - 1] === '#') end -= 1;
  return text.slice(0, end).trimEnd();
}
