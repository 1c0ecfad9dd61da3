import type { SourceEntry, SourceNode } from '@elekto/tally';
import { BallotsFormatError } from '@elekto/tally';
import type { Node } from 'yaml';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/**
 * Parses YAML into located nodes. Every scalar is its source text: `on`, `007` and `1e3` are ids like
 * any other. Only the values of the keys in `numbers` are numbers. Aliases and tags are refused.
 * `firstLine` is the number of the first line of the text in its file.
 * @throws BallotsFormatError with line and column.
 */
export function parseYamlSource(
  text: string,
  numbers: readonly string[] = ['count'],
  firstLine = 1,
): SourceNode {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'failsafe', prettyErrors: false });
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: firstLine - 1 + Math.max(1, line), column: Math.max(1, col) };
  };
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    const { line, column } = place(problem.pos[0]);
    throw new BallotsFormatError(line, column, `expected YAML: ${problem.message.split('\n')[0]}`);
  }

  const locate = (node: unknown, key: string): SourceNode => {
    const at = place((node as Node | null)?.range?.[0] ?? 0);
    if (isMap(node)) {
      const entries = node.items.map((pair): SourceEntry => {
        const start = place((pair.key as Node).range?.[0] ?? 0);
        if (!isScalar(pair.key))
          throw new BallotsFormatError(start.line, start.column, 'expected a plain key');
        const name = String(pair.key.value);
        return { key: name, ...start, node: locate(pair.value, name) };
      });
      return { ...at, value: { kind: 'object', entries } };
    }
    if (isSeq(node))
      return { ...at, value: { kind: 'list', items: node.items.map((item) => locate(item, '')) } };
    if (isScalar(node)) {
      return {
        ...at,
        value: { kind: numbers.includes(key) ? 'number' : 'string', text: String(node.value) },
      };
    }
    throw new BallotsFormatError(at.line, at.column, 'expected a value written out, found none or an alias');
  };
  return locate(document.contents, '');
}
