import { Composer, LineCounter, Parser, type Document, type YAMLParseError } from 'yaml';
import { type LineEdit, type Place, type Report } from '../report.ts';
import { quoted } from '../text.ts';
import { explain } from './explain.ts';
import { repairLines, type LineRepair } from './repair.ts';
import { LIMITS } from '../limits.ts';
import { toTree, type TreeRefusal, type YamlNode } from './tree.ts';

export interface YamlOptions {
  /** Keys, in lower case, that are recognised without the space after their colon. */
  readonly keys: ReadonlySet<string>;
  /** The place in the file that a place in the text stands for; the identity by default. */
  readonly placeOf?: (place: Place) => Place;
}

const COMPOSE = {
  schema: 'failsafe',
  uniqueKeys: false,
  logLevel: 'silent',
  prettyErrors: false,
  version: '1.2',
} as const;

/**
 * Reads YAML into text nodes with places. A document that does not parse is tried again with the safe
 * repairs of single lines; each that was needed is reported with the line it belongs in. Null when
 * nothing can be read: then the report says why. An empty document is null as well, without a report.
 */
export function readYaml(lines: readonly string[], report: Report, options: YamlOptions): YamlNode | null {
  const placeOf = options.placeOf ?? ((place: Place) => place);

  const first = compose(lines.join('\n'));
  if (first.errors.length === 0) return finish(first, report, placeOf);

  const { lines: repaired, repairs } = repairLines(lines, options.keys);
  if (repairs.length > 0) {
    const second = compose(repaired.join('\n'));
    if (second.errors.length === 0) {
      for (const repair of repairs) tell(repair, report, placeOf);
      return finish(second, report, placeOf);
    }
  }
  const error = first.errors[0];
  const place = placed(first.counter, error?.pos[0] ?? 0, placeOf);
  const { message, hint } = explain(
    error,
    lines[(first.counter.linePos(error?.pos[0] ?? 0).line || 1) - 1] ?? '',
  );
  report.error('yaml-invalid', place, message, hint);
  return null;
}

interface Composed {
  readonly document: Document.Parsed | null;
  readonly more: Document.Parsed | null;
  readonly errors: readonly YAMLParseError[];
  readonly counter: LineCounter;
  readonly text: string;
  readonly tooDeep: number | null;
}

function compose(text: string): Composed {
  const counter = new LineCounter();
  const base = { counter, text, more: null, document: null };
  const deep = tooDeepAt(text);
  if (deep !== null) {
    counter.addNewLine(0);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) counter.addNewLine(at + 1);
    return { ...base, errors: [], tooDeep: deep };
  }
  let documents: Document.Parsed[];
  try {
    const tokens = new Parser(counter.addNewLine).parse(text);
    documents = [...new Composer(COMPOSE).compose(tokens, true, text.length)] as Document.Parsed[];
  } catch (error) {
    // The parser recurses; whatever was not foreseen above is nested too deeply as well.
    if (error instanceof RangeError) return { ...base, errors: [], tooDeep: 0 };
    throw error;
  }
  const filled = documents.filter(
    (document) => document.contents && document.contents.range[1] > document.contents.range[0],
  );
  const document = filled[0] ?? documents[0] ?? null;
  return { ...base, document, more: filled[1] ?? null, errors: document?.errors ?? [], tooDeep: null };
}

/**
 * The offset at which a text is nested deeper than any file of ours, or null. Counts brackets and
 * dashes without parsing, so that a parser never meets what would exhaust its stack.
 */
function tooDeepAt(text: string): number | null {
  let brackets = 0;
  let offset = 0;
  for (const line of text.split('\n')) {
    const lead = /^[\s]*(?:[-?][ \t]+)*/.exec(line)?.[0] ?? '';
    const dashes = lead.replace(/[^-?]/g, '').length;
    if (dashes > LIMITS.yamlDepth || lead.length > 400 || line.length > LIMITS.yamlLine) return offset;
    // `a: b: c: ...`: the parser takes every colon for a mapping within the one before.
    if ((line.match(/:(?=\s)/g)?.length ?? 0) > 200) return offset;
    const jumps = line.match(/[[\]{}]/g);
    if (jumps) {
      for (const jump of jumps) {
        brackets = jump === '[' || jump === '{' ? brackets + 1 : Math.max(0, brackets - 1);
        if (brackets > 200) return offset;
      }
    }
    offset += line.length + 1;
  }
  return null;
}

function finish(composed: Composed, report: Report, placeOf: (place: Place) => Place): YamlNode | null {
  if (composed.tooDeep !== null) {
    report.error(
      'yaml-too-big',
      placed(composed.counter, composed.tooDeep, placeOf),
      ...REFUSALS['yaml-too-big'],
    );
    return null;
  }
  if (!composed.document) return null;
  const { root, refusal } = toTree(composed.document, composed.text, composed.counter);
  if (refusal) {
    report.error(refusal.code, placed(composed.counter, refusal.offset, placeOf), ...REFUSALS[refusal.code]);
    return null;
  }
  if (composed.more) {
    const place = placed(composed.counter, composed.more.range[0], placeOf);
    report.warning(
      'yaml-many-documents',
      place,
      'The file holds several YAML documents; only the first is read.',
      'Remove the "---" line that starts the second.',
    );
  }
  return root && relocate(root, placeOf);
}

const REFUSALS: Readonly<Record<TreeRefusal['code'], readonly [string, string]>> = {
  'yaml-tag': ['YAML tags such as "!!str" are not accepted.', 'Remove the tag; every value is read as text.'],
  'yaml-alias': [
    'A YAML alias cannot be followed or expands to too much.',
    'Write the value out instead of "*name".',
  ],
  'yaml-too-big': [
    'The YAML is nested too deeply, holds too many values or has a line that is too long.',
    'Use the plain layout of the guide.',
  ],
};

function placed(counter: LineCounter, offset: number, placeOf: (place: Place) => Place): Place {
  const { line, col } = counter.linePos(offset);
  return placeOf({ line: Math.max(line, 1), column: Math.max(col, 1) });
}

/** Moves every place from the text's lines to the file's. */
function relocate(node: YamlNode, placeOf: (place: Place) => Place): YamlNode {
  switch (node.kind) {
    case 'scalar':
      return { ...node, place: placeOf(node.place) };
    case 'list':
      return {
        ...node,
        place: placeOf(node.place),
        items: node.items.map((item) => relocate(item, placeOf)),
      };
    case 'map':
      return {
        ...node,
        place: placeOf(node.place),
        entries: node.entries.map((entry) => ({
          ...entry,
          place: placeOf(entry.place),
          value: relocate(entry.value, placeOf),
        })),
      };
  }
}

function tell(repair: LineRepair, report: Report, placeOf: (place: Place) => Place): void {
  const place = placeOf({ line: repair.index + 1, column: repair.column });
  const edit: LineEdit = { line: place.line, lines: [repair.after] };
  const [message, hint] = {
    'yaml-unquoted': [
      'This value is not valid YAML without quotes; it was read as text.',
      `Write ${repair.after.trim()}`,
    ],
    'yaml-quotes': [
      'The quotation marks of this value do not enclose all of it; it was read as text.',
      `Write ${repair.after.trim()}`,
    ],
    'yaml-tab': ['YAML does not allow tabs in indentation; they were read as spaces.', 'Use spaces.'],
    'yaml-colon': [
      'There is no space after the colon; it was read as if there were.',
      `Write ${quoted(repair.after)}.`,
    ],
    'yaml-dash': [
      'There is no space after the dash; it was read as if there were.',
      `Write ${quoted(repair.after)}.`,
    ],
  }[repair.code] as [string, string];
  report.warning(repair.code, place, message, hint, edit);
}
