/** Rows as lines of aligned columns, indented by two; with `right` all but the first are right-aligned. */
export function columns(rows: readonly (readonly string[])[], right = false): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((text, i) => {
      widths[i] = Math.max(widths[i] ?? 0, [...text].length);
    });
  }
  return rows.map((row) => {
    const padded = row.map((text, i) => {
      const gap = ' '.repeat((widths[i] ?? 0) - [...text].length);
      return right && i > 0 ? gap + text : text + gap;
    });
    return `  ${padded.join('  ')}`.trimEnd();
  });
}
