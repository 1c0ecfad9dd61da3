import type { CandidateField } from '../model.ts';
import type { Report } from '../report.ts';
import { quoted, trimInvisible } from '../text.ts';
import { isNothing, type YamlNode } from '../yaml/tree.ts';

/**
 * Reads `info`: a list of one-key maps (Elekto's form), a plain map, a list with bare texts, or one
 * text. A text without a key becomes a field without a name.
 */
export function readFields(node: YamlNode, source: string, report: Report): CandidateField[] {
  if (isNothing(node)) return [];
  switch (node.kind) {
    case 'scalar':
      report.warning(
        'candidate-info-shape',
        node.place,
        'The info block is a single text without keys.',
        'Write "  - key: value" lines below "info:".',
      );
      return [bare(node.text)];
    case 'map':
      return node.entries.map((entry) => ({
        name: trimInvisible(entry.key),
        value: valueOf(entry.value, entry.source, report),
      }));
    case 'list':
      return node.items.flatMap((item) => {
        if (isNothing(item)) return [];
        if (item.kind === 'map')
          return item.entries.map((entry) => ({
            name: trimInvisible(entry.key),
            value: valueOf(entry.value, entry.source, report),
          }));
        if (item.kind === 'list') return readFields(item, source, report);
        const field = bare(item.text);
        report.warning(
          'candidate-info-shape',
          item.place,
          field.name
            ? `There is no space after the colon in ${quoted(item.text)}.`
            : `The entry ${quoted(item.text)} has no key.`,
          'Write "  - key: value".',
        );
        return [field];
      });
  }
}

function bare(text: string): CandidateField {
  const tight = /^([A-Za-z][\w-]*):(?!\/\/)(\S.*)$/.exec(text);
  return tight
    ? { name: tight[1] ?? '', value: trimInvisible(tight[2] ?? '') }
    : { name: '', value: trimInvisible(text) };
}

function valueOf(node: YamlNode, source: string, report: Report): string {
  if (node.kind === 'scalar') return node.plain && node.text === '~' ? '' : trimInvisible(node.text);
  report.warning(
    'candidate-info-nested',
    node.place,
    'This value is itself a list or a map; it is shown as written.',
    'Write it as one line of text.',
  );
  return trimInvisible(source.replace(/\s+/g, ' '));
}
