import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';
import { LIMITS } from '../limits.ts';
import type { Place } from '../report.ts';
import { neutralise } from '../text.ts';

/** YAML with every scalar as text: `on`, `null`, `007` and `249043822` are what they look like. */
export type YamlNode = YamlScalar | YamlMap | YamlList;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly text: string;
  /** Written without quotes and not as a block. */
  readonly plain: boolean;
  /** Text of a comment that follows on the same line; a `#` in a name ends up here. */
  readonly comment: string;
}

export interface YamlEntry {
  readonly key: string;
  readonly place: Place;
  readonly value: YamlNode;
  /** The value as it stands in the file. */
  readonly source: string;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly place: Place;
  readonly entries: readonly YamlEntry[];
}

export interface YamlList {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly YamlNode[];
}

/** Nothing was written, or `~`, or (outside quotes) `null`. */
export function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.plain && /^(?:|~|null|Null|NULL)$/.test(node.text);
}

/** Why a document is not turned into a tree. */
export interface TreeRefusal {
  readonly code: 'yaml-tag' | 'yaml-alias' | 'yaml-too-big';
  readonly offset: number;
}

/** A node starts behind its tag; the tag is what is to be changed. */
function tagBefore(source: string, offset: number): number {
  const start = source.lastIndexOf('\n', offset - 1) + 1;
  const at = source.slice(start, offset).search(/(?<=^|[\s,[{])!/);
  return at < 0 ? offset : start + at;
}

/** Turns a composed document into plain nodes; every recursion and expansion is counted. */
export function toTree(
  document: Document.Parsed,
  source: string,
  counter: LineCounter,
): { root: YamlNode | null; refusal: TreeRefusal | null } {
  let refusal: TreeRefusal | null = null;
  let nodes = 0;
  let aliasNodes = 0;
  const anchors = new Map<string, Node>();
  const expanding = new Set<Node>();

  const refuse = (code: TreeRefusal['code'], offset: number): null => {
    refusal ??= { code, offset };
    return null;
  };
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };

  const convert = (node: Node, depth: number, inAlias: boolean): YamlNode | null => {
    const offset = node.range?.[0] ?? 0;
    if (refusal) return null;
    if ('tag' in node && node.tag !== undefined && node.tag !== '')
      return refuse('yaml-tag', tagBefore(source, offset));
    if (depth > LIMITS.yamlDepth || ++nodes > LIMITS.yamlNodes) return refuse('yaml-too-big', offset);
    if (inAlias && ++aliasNodes > LIMITS.yamlAliasNodes) return refuse('yaml-alias', offset);
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (!target || expanding.has(target)) return refuse('yaml-alias', offset);
      expanding.add(target);
      const copy = convert(target, depth + 1, true);
      expanding.delete(target);
      return copy && { ...copy, place: placeAt(offset) };
    }
    if ('anchor' in node && typeof node.anchor === 'string' && !inAlias) anchors.set(node.anchor, node);
    const place = placeAt(offset);
    if (isScalar(node)) {
      return {
        kind: 'scalar',
        place,
        // Escapes within quotes make characters that the file does not hold.
        text: node.value === null || node.value === undefined ? '' : neutralise(String(node.value)),
        plain: node.type === 'PLAIN' || node.type === undefined,
        comment: node.comment ?? '',
      };
    }
    if (isSeq<Node>(node)) {
      const items: YamlNode[] = [];
      for (const item of node.items) {
        const child = convert(item, depth + 1, inAlias);
        if (child) items.push(child);
      }
      return { kind: 'list', place, items };
    }
    if (isMap<Node, Node | null>(node)) {
      const entries: YamlEntry[] = [];
      for (const pair of node.items) {
        const key = convert(pair.key, depth + 1, inAlias);
        const value = pair.value ? convert(pair.value, depth + 1, inAlias) : null;
        if (!key) continue;
        const range = pair.value?.range;
        entries.push({
          key:
            key.kind === 'scalar'
              ? key.text
              : source.slice(pair.key.range?.[0] ?? 0, pair.key.range?.[1] ?? 0),
          place: key.place,
          value: value ?? { kind: 'scalar', place: key.place, text: '', plain: true, comment: '' },
          source: range ? source.slice(range[0], range[1]) : '',
        });
      }
      return { kind: 'map', place, entries };
    }
    return null;
  };

  const root = document.contents ? convert(document.contents, 0, false) : null;
  return { root: refusal ? null : root, refusal };
}
