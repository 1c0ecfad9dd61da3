/** Unified diffs that `git apply` takes, for files small enough to compare line by line. */

interface Edit {
  readonly kind: ' ' | '-' | '+';
  readonly text: string;
}

const CONTEXT = 3;

/** Lines with their ends, so that a missing newline at the end of a file stays visible. */
const toLines = (text: string): string[] => (text === '' ? [] : text.split(/(?<=\n)/));

/**
 * Shortest edit script: what only adds or only removes lines in one pass, anything else by Myers' greedy algorithm (1986),
 * after common head and tail are set aside. Time grows with length times the number of changed lines there.
 */
export function diffLines(before: string, after: string): readonly Edit[] {
  const a = toLines(before);
  const b = toLines(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const keep = (lines: string[]): Edit[] => lines.map((text) => ({ kind: ' ', text }));
  return [
    ...keep(a.slice(0, head)),
    ...between(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...keep(a.slice(a.length - tail)),
  ];
}

const between = (a: readonly string[], b: readonly string[]): Edit[] =>
  onlyMore(a, b, '+') ?? onlyMore(b, a, '-') ?? myers(a, b);

/** All of `few` in its order among `many`, the others as `kind`; null when something of it is not there. No script is shorter. */
function onlyMore(few: readonly string[], many: readonly string[], kind: '+' | '-'): Edit[] | null {
  if (few.length > many.length) return null;
  let at = 0;
  const edits = many.map((text): Edit => {
    if (at === few.length || few[at] !== text) return { kind, text };
    at += 1;
    return { kind: ' ', text };
  });
  return at === few.length ? edits : null;
}

function myers(a: readonly string[], b: readonly string[]): Edit[] {
  const max = a.length + b.length;
  const trace: Map<number, number>[] = [];
  let reached = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= max; d += 1) {
    const next = new Map(reached);
    trace.push(reached);
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (next.get(k - 1) ?? -1) < (next.get(k + 1) ?? -1));
      let x = down ? (next.get(k + 1) ?? 0) : (next.get(k - 1) ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return backtrack(trace, a, b);
    }
    reached = next;
  }
  return [];
}

function backtrack(
  trace: readonly Map<number, number>[],
  a: readonly string[],
  b: readonly string[],
): Edit[] {
  const edits: Edit[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const before = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (before.get(k - 1) ?? -1) < (before.get(k + 1) ?? -1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = before.get(fromK) ?? 0;
    const fromY = fromX - fromK;
    while (x > fromX && y > fromY && x > 0 && y > 0)
      edits.push({ kind: ' ', text: a[((x -= 1), (y -= 1), x)] ?? '' });
    if (d === 0) break;
    if (down) edits.push({ kind: '+', text: b[(y -= 1)] ?? '' });
    else edits.push({ kind: '-', text: a[(x -= 1)] ?? '' });
  }
  return edits.reverse();
}

/** A patch of one file; `before` null makes a new file. Empty when nothing changes. */
export function unifiedPatch(path: string, before: string | null, after: string): string {
  const edits = diffLines(before ?? '', after);
  if (edits.every(({ kind }) => kind === ' ')) return '';
  const hunks = toHunks(edits);
  const from = before === null ? '/dev/null' : `a/${path}`;
  const mode = before === null ? 'new file mode 100644\n' : '';
  return `diff --git a/${path} b/${path}\n${mode}--- ${from}\n+++ b/${path}\n${hunks.join('')}`;
}

function toHunks(edits: readonly Edit[]): string[] {
  const changed = edits.flatMap(({ kind }, index) => (kind === ' ' ? [] : [index]));
  const hunks: string[] = [];
  let at = 0;
  while (at < changed.length) {
    let end = at;
    while (end + 1 < changed.length && (changed[end + 1] ?? 0) - (changed[end] ?? 0) <= 2 * CONTEXT) end += 1;
    const start = Math.max(0, (changed[at] ?? 0) - CONTEXT);
    const stop = Math.min(edits.length, (changed[end] ?? 0) + CONTEXT + 1);
    hunks.push(hunk(edits, start, stop));
    at = end + 1;
  }
  return hunks;
}

function hunk(edits: readonly Edit[], start: number, stop: number): string {
  const count = (part: readonly Edit[], skip: string): number =>
    part.filter(({ kind }) => kind !== skip).length;
  const before = edits.slice(0, start);
  const body = edits.slice(start, stop);
  const range = (skipped: number, length: number): string =>
    `${length === 0 ? skipped : skipped + 1},${length}`;
  const header = `@@ -${range(count(before, '+'), count(body, '+'))} +${range(count(before, '-'), count(body, '-'))} @@\n`;
  const lines = body.map(({ kind, text }) =>
    text.endsWith('\n') ? `${kind}${text}` : `${kind}${text}\n\\ No newline at end of file\n`,
  );
  return header + lines.join('');
}
