import { cleanLogin, foldLogin, isPossibleLogin, type LoginRule } from '../login.ts';
import type { Login } from '../model.ts';
import { Report } from '../report.ts';
import { readVoters } from '../roll/read-voters.ts';
import { splitLines } from '../text.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import type { YamlList, YamlNode } from '../yaml/tree.ts';

export interface AddedVoters {
  /** The whole new voters.yaml. */
  readonly text: string;
  readonly added: readonly Login[];
  /** Asked for and on the roll already. */
  readonly present: readonly Login[];
}

/** The roll cannot be edited: it does not parse, or a login is not one. The message says which. */
export class RollEditError extends Error {
  override readonly name = 'RollEditError';
}

/**
 * Adds logins to the text of a voters.yaml and touches nothing else: comments, order, quotation marks and
 * line ends stay. A roll that is in alphabetical order stays so. Throws RollEditError when that is not possible.
 */
export function addVoters(text: string, logins: readonly string[], rule: LoginRule = {}): AddedVoters {
  const before = readVoters('voters.yaml', text, rule);
  if (!before.readable) throw new RollEditError('voters.yaml cannot be read; repair it first.');
  const known = new Map(before.voters.map((voter) => [foldLogin(voter.login, rule), voter.login]));
  const added: Login[] = [];
  const present: Login[] = [];
  for (const login of logins.map(cleanLogin)) {
    if (!isPossibleLogin(login)) throw new RollEditError(`"${login}" is not a login.`);
    const there = known.get(foldLogin(login, rule));
    if (there !== undefined) present.push(there);
    else {
      known.set(foldLogin(login, rule), login);
      added.push(login);
    }
  }
  if (added.length === 0) return { text, added, present };
  const result = insert(text, added);
  const reading = readVoters('voters.yaml', result, rule);
  const after = new Set(reading.voters.map((voter) => voter.login));
  // No new warning either: what only our tolerant reader understands is not an edit.
  const worse = reading.report.diagnostics.length > before.report.diagnostics.length;
  if (worse || after.size !== known.size || ![...known.values()].every((login) => after.has(login)))
    throw new RollEditError(
      'voters.yaml has a layout that cannot be edited by machine; write one "- login" a line.',
    );
  return { text: result, added, present };
}

function insert(text: string, added: readonly Login[]): string {
  const end = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const lines = text.split(/\r\n|\n|\r/);
  const report = new Report('voters.yaml');
  const list = findList(readYaml(splitLines(text), report, { keys: new Set() }));
  const items = (list?.items ?? []).filter((item) => itemOnLine(lines[item.place.line - 1] ?? '') !== null);
  const last = items.at(-1);
  if (!last) return intoEmpty(lines, list, added, end);

  const indent = itemOnLine(lines[last.place.line - 1] ?? '') ?? '  ';
  const texts = items.map((item) => (item.kind === 'scalar' ? foldLogin(item.text) : ''));
  const sorted =
    texts.every((value, index) => index === 0 || (texts[index - 1] ?? '') <= value) && texts.length > 2;
  const inserts = new Map<number, string[]>();
  for (const login of sorted ? [...added].sort((a, b) => (foldLogin(a) < foldLogin(b) ? -1 : 1)) : added) {
    const next = sorted ? texts.findIndex((value) => value > foldLogin(login)) : -1;
    const line = next >= 0 ? (items[next]?.place.line ?? 1) - 1 : last.place.line;
    inserts.set(line, [...(inserts.get(line) ?? []), `${indent}- ${written(login)}`]);
  }
  const result: string[] = [...(inserts.get(0) ?? [])];
  lines.forEach((line, index) => result.push(line, ...(inserts.get(index + 1) ?? [])));
  return result.join(end);
}

/** The list behind `eligible_voters:`, or the bare one. */
function findList(root: YamlNode | null): YamlList | null {
  if (root?.kind === 'list') return root;
  if (root?.kind !== 'map') return null;
  const value = root.entries.find((entry) => /^eligible[_ -]?voters?$/i.test(entry.key.trim()))?.value;
  return value?.kind === 'list' ? value : null;
}

/** The indentation of a `- item` line, null for another line. */
function itemOnLine(line: string): string | null {
  return /^(\s*)-\s/.exec(line)?.[1] ?? null;
}

/** No items on lines of their own: a list in brackets, an empty list, or an empty file. */
function intoEmpty(
  lines: readonly string[],
  list: YamlList | null,
  added: readonly Login[],
  end: string,
): string {
  const items = added.map((login) => `  - ${written(login)}`);
  const key = lines.findIndex((line) => /^["']?eligible[_ -]?voters?["']?\s*:/i.test(line));
  if (list && list.items.length > 0) {
    const last = lines.findLastIndex((line) => line.includes(']'));
    const line = lines[last] ?? '';
    const at = line.lastIndexOf(']');
    const edited = `${line.slice(0, at).replace(/,?\s*$/, '')}, ${added.map(written).join(', ')}${line.slice(at)}`;
    return lines.with(Math.max(last, 0), edited).join(end);
  }
  if (key >= 0) {
    const head = (lines[key] ?? '').replace(/:\s*(?:~|null|\[\s*\])?(\s*#.*)?$/i, ':$1');
    return [...lines.slice(0, key), head, ...items, ...lines.slice(key + 1)].join(end);
  }
  const kept = lines.join(end).trimEnd();
  return `${kept ? kept + end : ''}eligible_voters:${end}${items.join(end)}${end}`;
}

/** Quoted where another YAML reader would not see a text. */
function written(login: Login): string {
  return /^(?:[\d_]+|0x[\da-f]+|\d[\d_]*e\d+|null|true|false|yes|no|on|off|y|n)$/i.test(login)
    ? `'${login}'`
    : login;
}
