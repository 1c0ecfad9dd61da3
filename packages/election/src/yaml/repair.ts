/** Repairs of single lines that people write and YAML refuses. Only tried on a document that does not parse. */

export interface LineRepair {
  /** 0-based. */
  readonly index: number;
  readonly column: number;
  readonly code: 'yaml-unquoted' | 'yaml-quotes' | 'yaml-tab' | 'yaml-colon' | 'yaml-dash';
  readonly before: string;
  readonly after: string;
}

const KEY = `(?:"[^"]*"|'[^']*'|[A-Za-z_][^:#"'{}\\[\\]]*?(?<!\\s))`;
const ENTRY = new RegExp(`^(\\s*(?:-\\s+)*${KEY}\\s*:\\s+)(\\S.*)$`);
const ITEM = /^(\s*(?:-\s+)+)(\S.*)$/;
const KNOWN_KEY = /^(\s*(?:-\s+)?)([A-Za-z_]+):(\S.*)$/;
const CLOSED_DOUBLE = /^"(?:[^"\\]|\\.)*"\s*(?:#.*)?$/;
const CLOSED_SINGLE = /^'(?:[^']|'')*'\s*(?:#.*)?$/;
const BLOCK_HEADER = /^[|>][-+\d]*\s*(?:#.*)?$/;
const BLOCK_OPENS = /(?:^|[:-]\s+|\s)[|>][-+\d]*\s*(?:#.*)?$/;

/**
 * Puts quotes around values that need them (`@handle`, `a: b`, `` `code` ``, `[text](link)`), replaces
 * tabs in indentation, and adds the space after `key:` for the keys given. Line count never changes.
 */
export function repairLines(
  lines: readonly string[],
  keys: ReadonlySet<string>,
): { lines: string[]; repairs: LineRepair[] } {
  const result: string[] = [];
  const repairs: LineRepair[] = [];
  let blockIndent: number | null = null;

  lines.forEach((before, index) => {
    const indent = /^\s*/.exec(before)?.[0].length ?? 0;
    const blank = before.trim() === '';
    if (blockIndent !== null && (blank || indent > blockIndent)) {
      result.push(before);
      return;
    }
    blockIndent = null;
    let line = before;
    const note = (code: LineRepair['code'], column: number, after: string): void => {
      if (after === line) return;
      repairs.push({ index, code, column, before, after });
      line = after;
    };

    if (!/^\s*#/.test(line)) {
      const tabs = /^[ -]*\t[\s-]*/.exec(line)?.[0];
      if (tabs) note('yaml-tab', tabs.indexOf('\t') + 1, spaceOut(tabs) + line.slice(tabs.length));
      const dash = /^(\s*)-([A-Za-z0-9@"'].*)$/.exec(line);
      if (dash && !/^\s*--/.test(line))
        note('yaml-dash', (dash[1]?.length ?? 0) + 1, `${dash[1]}- ${dash[2]}`);
      const tight = KNOWN_KEY.exec(line);
      if (tight && keys.has((tight[2] ?? '').toLowerCase()))
        note(
          'yaml-colon',
          (tight[1] ?? '').length + (tight[2] ?? '').length + 1,
          `${tight[1]}${tight[2]}: ${tight[3]}`,
        );
      const match = ENTRY.exec(line) ?? ITEM.exec(line);
      if (match) {
        const head = match[1] ?? '';
        const fixed = quoteIfNeeded(match[2] ?? '', lines.slice(index + 1, index + 40), !ENTRY.test(line));
        if (fixed) note(fixed.code, head.length + 1, head + fixed.text);
      }
    }
    if (BLOCK_OPENS.test(line) && ENTRY.test(line)) blockIndent = /^\s*/.exec(line)?.[0].length ?? 0;
    result.push(line);
  });
  return { lines: result, repairs };
}

/** A tab counts as two columns of indentation; one that follows a dash is a space. */
function spaceOut(indent: string): string {
  return indent.replace(/-\t+/g, '- ').replace(/\t/g, '  ');
}

function quoteIfNeeded(
  raw: string,
  following: readonly string[],
  isItem: boolean,
): { code: 'yaml-unquoted' | 'yaml-quotes'; text: string } | null {
  const first = raw.charAt(0);
  if (first === '#') return null;
  if (first === '"' || first === "'") {
    if (CLOSED_DOUBLE.test(raw) || CLOSED_SINGLE.test(raw)) return null;
    const rest = raw.slice(1);
    const goesOn = !rest.includes(first) && following.some((line) => line.includes(first));
    return goesOn ? null : { code: 'yaml-quotes', text: wrap(raw) };
  }
  if (BLOCK_HEADER.test(raw)) return null;
  const needs =
    /^[@`%|>]/.test(raw) ||
    /^\[[^\]]*\]\s*\(/.test(raw) ||
    (first === '[' && !/\]\s*(?:#.*)?$/.test(raw) && raw.includes(']')) ||
    (first === '{' && !/\}\s*(?:#.*)?$/.test(raw) && raw.includes('}')) ||
    (first === '*' && !/^\*[^\s*\],]+\s*(?:#.*)?$/.test(raw)) ||
    (!isItem && /^[-?]\s/.test(raw)) ||
    (!/^[[{&!]/.test(raw) && !isItem && /:(?:\s|$)/.test(beforeComment(raw))) ||
    // `- 2026-01-02: added, see issue 12: exceptions` is a text: a key cannot have a value that has one.
    (!/^[[{&!]/.test(raw) && isItem && /:\s.*:(?:\s|$)/.test(beforeComment(raw)));
  return needs ? { code: 'yaml-unquoted', text: wrap(raw) } : null;
}

function beforeComment(raw: string): string {
  return raw.replace(/\s#.*$/, '');
}

/** Single quotes around the value; a comment behind it stays a comment. */
function wrap(raw: string): string {
  const comment = /(?<!\s)\s+#.*$/.exec(raw)?.[0] ?? '';
  const value = raw.slice(0, raw.length - comment.length).trimEnd();
  return `'${value.replaceAll("'", "''")}'${comment}`;
}
