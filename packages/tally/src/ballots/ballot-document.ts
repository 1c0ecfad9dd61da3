import type { UnrankedRule } from '../model.ts';
import { BallotsFormatError } from '../model.ts';
import { UNRANKED } from '../switches.ts';
import { BallotTable } from './ballot-table.ts';
import type { SourceEntry, SourceNode } from './json-source.ts';
import { parseJsonSource } from './json-source.ts';

/**
 * Reads ballots in our JSON: `{"candidates":["A","B"],"ballots":[{"count":3,"ranking":[["A"],["B","C"]]}],
 * "unranked":"last"}`. Each inner list is a tie; a bare id stands for a list of one; `count` is 1 when
 * absent and may be any size; `unranked` is optional. A candidate in no list is unranked.
 * @throws BallotsFormatError with line and column.
 */
export function parseBallotsJson(text: string): BallotTable {
  return readBallotDocument(parseJsonSource(text));
}

/** As `parseBallotsJson`, for a document already parsed, from whatever syntax. */
export function readBallotDocument(root: SourceNode): BallotTable {
  const fields = fieldsOf(root, 'an object with "candidates" and "ballots"', [
    'candidates',
    'ballots',
    'unranked',
  ]);
  const ids = candidateIds(fields.get('candidates')?.node ?? missing(root, 'candidates'));
  const unranked = unrankedRule(fields.get('unranked')?.node);
  const table = new BallotTable([...ids.keys()], unranked === undefined ? {} : { unranked });
  for (const ballot of listOf(fields.get('ballots')?.node ?? missing(root, 'ballots'), 'a list of ballots')) {
    addBallot(table, ids, ballot);
  }
  return table;
}

function candidateIds(node: SourceNode): Map<string, number> {
  const ids = new Map<string, number>();
  for (const item of listOf(node, 'a list of candidate ids')) {
    const id = stringOf(item, 'a candidate id as a string');
    if (id === '') throw wrong(item, 'expected a candidate id, found an empty string');
    if (ids.has(id)) throw wrong(item, `expected another id, found ${JSON.stringify(id)} again`);
    ids.set(id, ids.size);
  }
  return ids;
}

function unrankedRule(node: SourceNode | undefined): UnrankedRule | undefined {
  if (node === undefined) return undefined;
  const expected = UNRANKED.map((word) => `"${word}"`).join(' or ');
  const word = stringOf(node, expected);
  const rule = UNRANKED.find((each) => each === word);
  if (rule === undefined) throw wrong(node, `expected ${expected}, found ${JSON.stringify(word)}`);
  return rule;
}

function addBallot(table: BallotTable, ids: ReadonlyMap<string, number>, node: SourceNode): void {
  const fields = fieldsOf(node, 'a ballot with "ranking"', ['count', 'ranking']);
  const ranking = fields.get('ranking')?.node ?? missing(node, 'ranking');
  const ranks = new Array<number | null>(ids.size).fill(null);
  listOf(ranking, 'a list of lists of candidate ids').forEach((tier, i) => {
    const members = tier.value.kind === 'string' ? [tier] : listOf(tier, 'a list of candidate ids');
    for (const member of members) {
      const id = stringOf(member, 'a candidate id as a string');
      const index = ids.get(id);
      if (index === undefined)
        throw wrong(member, `expected one of the candidates, found ${JSON.stringify(id)}`);
      if (ranks[index] !== null)
        throw wrong(member, `expected ${JSON.stringify(id)} once in a ballot, found it again`);
      ranks[index] = i + 1;
    }
  });
  table.add(ranks, countOf(fields.get('count')?.node));
}

function countOf(node: SourceNode | undefined): bigint {
  if (node === undefined) return 1n;
  const text = node.value.kind === 'number' ? node.value.text : '';
  if (!/^[1-9]\d*$/.test(text))
    throw wrong(node, `expected a count as a whole number from 1, found ${shown(node)}`);
  return BigInt(text);
}

function fieldsOf(
  node: SourceNode,
  expected: string,
  known: readonly string[],
): ReadonlyMap<string, SourceEntry> {
  if (node.value.kind !== 'object') throw wrong(node, `expected ${expected}, found ${shown(node)}`);
  for (const { key, line, column } of node.value.entries) {
    if (known.includes(key)) continue;
    const detail = `expected ${known.map((each) => `"${each}"`).join(', ')}, found the key ${JSON.stringify(key)}`;
    throw new BallotsFormatError(line, column, detail);
  }
  return new Map(node.value.entries.map((entry) => [entry.key, entry]));
}

function listOf(node: SourceNode, expected: string): readonly SourceNode[] {
  if (node.value.kind !== 'list') throw wrong(node, `expected ${expected}, found ${shown(node)}`);
  return node.value.items;
}

function stringOf(node: SourceNode, expected: string): string {
  if (node.value.kind !== 'string') throw wrong(node, `expected ${expected}, found ${shown(node)}`);
  return node.value.text;
}

function missing(node: SourceNode, key: string): never {
  throw wrong(node, `expected the key "${key}", found none`);
}

function wrong(node: SourceNode, detail: string): BallotsFormatError {
  return new BallotsFormatError(node.line, node.column, detail);
}

function shown({ value }: SourceNode): string {
  if (value.kind === 'object') return 'an object';
  if (value.kind === 'list') return 'a list';
  return value.kind === 'string' ? JSON.stringify(value.text) : value.text;
}
