/** Prints rows under headings, numbers to the right. */
export function printTable(
  title: string,
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const cells = [
    headings,
    ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? shown(cell) : cell))),
  ];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  process.stdout.write(`\n${title}\n\n`);
  const [head = [], ...body] = cells;
  process.stdout.write(
    `${line(head)}\n| ${widths.map((w, i) => (i === 0 ? '-'.repeat(w) : `${'-'.repeat(w - 1)}:`)).join(' | ')} |\n`,
  );
  for (const row of body) process.stdout.write(`${line(row)}\n`);
}

const shown = (value: number): string =>
  Number.isNaN(value) ? '-' : value >= 100 ? String(Math.round(value)) : value.toFixed(1);

/** The value below which `share` (0..1) of the sorted values lie; NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** p50, p99 and p99.9. */
export const quantiles = (values: readonly number[]): [number, number, number] => [
  percentile(values, 0.5),
  percentile(values, 0.99),
  percentile(values, 0.999),
];
