const DELIMITERS = [',', ';', '\t', '|'];

/** What stands between the cells, or the two or more that it may be. */
export type Delimiters = readonly string[];

/**
 * What may stand between the cells of a text: the marks that every line has as often as the first. Where no
 * mark is regular, the one that the first line has most of.
 */
export function delimitersOf(lines: readonly string[]): Delimiters {
  const rows = lines.filter((line) => line.trim() !== '').slice(0, 20);
  const regular = DELIMITERS.filter((mark) => {
    const sizes = new Set(rows.map((row) => splitCells(row, mark).length));
    return sizes.size === 1 && !sizes.has(1);
  });
  if (regular.length > 0) return regular;
  const [first = ''] = rows;
  const sized = DELIMITERS.map((mark) => ({ mark, cells: splitCells(first, mark).length }));
  return [sized.reduce((best, each) => (each.cells > best.cells ? each : best)).mark];
}

/** The cells of one line, without quotes and outer white space; for looking at a head, not for reading. */
export function splitCells(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const sign of line) {
    if (sign === '"') quoted = !quoted;
    else if (sign === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell.trim()];
}

/** The mark in words. */
export function delimiterWord(mark: string): string {
  return { ',': 'a comma', ';': 'a semicolon', '\t': 'a tab', '|': 'a bar' }[mark] ?? JSON.stringify(mark);
}
