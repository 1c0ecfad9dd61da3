/** Finding a candidate file's header among everything people have put where it belongs. */

/** A line of the header with the line of the file (1-based) it came from. */
export interface HeaderLine {
  readonly text: string;
  readonly line: number;
  /** Columns to the left of `text` in the file's line. */
  readonly shift?: number;
}

export interface Header {
  readonly lines: readonly HeaderLine[];
  /** 0-based index of the opening dashes; null when there are none. */
  readonly opening: number | null;
  /** 0-based index of the closing dashes; null when the header just ends. */
  readonly closing: number | null;
  /** 0-based index of the first line of the bio. */
  readonly bioStart: number;
  /** Lines before the header that belong to the bio (HTML comments). */
  readonly preamble: readonly string[];
  /** 0-based indices of code fences that were left out. */
  readonly fences: readonly number[];
  /** 0-based index of the first line inside the header that does not look like one; null when all do. */
  readonly stray: number | null;
}

/** Header not found: the 0-based index of the line where it should start. */
export interface NoHeader {
  readonly missingAt: number;
}

const FENCE = /^\s*(?:`{3,}|~{3,})\s*[A-Za-z]*\s*$/;
const DASHES = /^\s*[-\u2010-\u2015\u2212]{3,}\s*$/;
const LONG = 20;
const FIRST_KEY = /^\s*["']?(?:name|id)["']?\s*:/i;
const ENTRY = /^["']?[A-Za-z][\w .-]{0,40}["']?\s*:(?:\s|$)/;
const OWN_ENTRY = /^["']?(?:name|id|info|withdrawn|endorsed_by|nominated_by)["']?\s*:/i;
const MOST_LINES = 200;

/** Whether a line consists of dashes only (hyphens, or the dashes that editors make of them). */
function isDashes(line: string): boolean {
  return DASHES.test(line);
}

function isFence(line: string): boolean {
  return line.length <= 200 && FENCE.test(line);
}

/**
 * Finds the header. The opening dashes may be missing, the closing ones too; code fences around or
 * inside are left out; a rule or a table in the bio is never taken for the header's end.
 */
export function findHeader(lines: readonly string[]): Header | NoHeader {
  const fences: number[] = [];
  const preamble: string[] = [];
  let index = 0;
  let inComment = false;
  for (; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (inComment || line.trimStart().startsWith('<!--')) {
      preamble.push(line);
      inComment = !line.includes('-->');
    } else if (isFence(line)) fences.push(index);
    else if (line.trim() !== '') break;
  }
  const firstContent = Math.min(index, Math.max(lines.length - 1, 0));
  let opening: number | null = null;
  if (isDashes(lines[index] ?? '')) {
    opening = index;
    index += 1;
  } else if (!FIRST_KEY.test(lines[index] ?? '')) {
    return { missingAt: firstContent };
  }
  return readBody(lines, index, opening, fences, preamble, firstContent);
}

function readBody(
  lines: readonly string[],
  start: number,
  opening: number | null,
  fences: number[],
  preamble: readonly string[],
  firstContent: number,
): Header | NoHeader {
  const seen = { name: false, id: false };
  let inBlock = false;
  let headings = 0;
  let strays = 0;
  let stray: number | null = null;
  let breakAt: number | null = null;
  let closing: number | null = null;
  let end = start;

  for (; end < Math.min(lines.length, start + MOST_LINES); end++) {
    const line = lines[end] ?? '';
    if (isDashes(line)) {
      // A dashed line before any key is a doubled opening, or a fence's neighbour.
      if (!seen.name && !seen.id && strays === 0) continue;
      closing = end;
      break;
    }
    if (line.trim() === '') continue;
    if (isFence(line)) continue;
    if (/^#{1,6}\s/.test(line)) {
      headings += 1;
      breakAt ??= end;
    } else if (ENTRY.test(line) || OWN_ENTRY.test(line)) {
      if (/^["']?name\b/i.test(line)) seen.name = true;
      if (/^["']?id\b/i.test(line) || /\sID\s*:/.test(line)) seen.id = true;
      inBlock = true;
    } else if (!(inBlock && /^(?:\s+\S|-\s?\S)/.test(line)) && !line.startsWith('#')) {
      strays += 1;
      stray ??= end;
      breakAt ??= end;
    }
  }

  const complete = seen.name && seen.id;
  const accepted =
    closing !== null &&
    (strays === 0 ||
      !complete ||
      (headings === 0 && strays <= 3 && (lines[closing] ?? '').trim().length >= LONG));
  if (!accepted) {
    closing = null;
    end = breakAt ?? end;
    // Blank lines between header and bio are the bio's.
    while (end > start && (lines[end - 1] ?? '').trim() === '') end -= 1;
    stray = null;
  }
  if (!seen.name && !seen.id && closing === null) return { missingAt: firstContent };

  const body: HeaderLine[] = [];
  for (let at = start; at < end; at++) {
    const line = lines[at] ?? '';
    if (isFence(line)) fences.push(at);
    else if (!isDashes(line)) body.push({ text: line, line: at + 1 });
    else body.push({ text: '', line: at + 1 });
  }
  let bioStart = closing === null ? end : closing + 1;
  // A fence opened before the header may be closed only after it.
  if (fences.length % 2 === 1) {
    let after = bioStart;
    while (after < lines.length && (lines[after] ?? '').trim() === '') after++;
    if (isFence(lines[after] ?? '')) {
      fences.push(after);
      bioStart = after + 1;
    }
  }
  return { lines: body, opening, closing, bioStart, preamble, fences, stray };
}

/** A header written on one line: `name: A ID: b info: c` becomes three, with the same line number. */
export function splitOneLiners(lines: readonly HeaderLine[]): { lines: HeaderLine[]; split: number | null } {
  const result: HeaderLine[] = [];
  let split: number | null = null;
  for (const { text, line } of lines) {
    const parts = /^\s*["']?name["']?\s*:/i.test(text)
      ? text.split(/(?<!\s)\s+(?=(?:ID|Id|id|info|Info|INFO|withdrawn|endorsed_by|nominated_by)\s*:(?:\s|$))/)
      : [text];
    if (parts.length > 1) split ??= line;
    let shift = 0;
    for (const part of parts) {
      shift = text.indexOf(part, shift);
      result.push({ text: part, line, shift });
      shift += part.length;
    }
  }
  return { lines: result, split };
}
