import { foldLogin } from '@elekto/election';
import { byCodeUnit } from '../decide/decide.ts';
import type { EvidenceRow } from './evidence.ts';

/** What differs between two rolls; logins in the order of their folded form. */
export interface RollDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly same: number;
}

export function differenceOf(before: readonly string[], after: readonly string[]): RollDifference {
  const old = new Map(before.map((login) => [foldLogin(login), login]));
  const now = new Map(after.map((login) => [foldLogin(login), login]));
  const only = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] =>
    [...one]
      .filter(([folded]) => !other.has(folded))
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([, login]) => login);
  const added = only(now, old);
  return { added, removed: only(old, now), same: now.size - added.length };
}

/** A person of whom the evidence says something else than before; null where it says nothing. */
export interface Moved {
  readonly login: string;
  readonly rule: string;
  readonly before: EvidenceRow | null;
  readonly after: EvidenceRow | null;
}

/** What moved between two states of the evidence: by login, then by rule. */
export function movedBetween(
  before: readonly EvidenceRow[],
  after: readonly EvidenceRow[],
): readonly Moved[] {
  const key = (row: EvidenceRow): string => `${foldLogin(row.login)}\n${row.rule}`;
  const old = new Map(before.map((row) => [key(row), row]));
  const now = new Map(after.map((row) => [key(row), row]));
  return [...new Set([...old.keys(), ...now.keys()])].sort(byCodeUnit).flatMap((each) => {
    const [was = null, is = null] = [old.get(each), now.get(each)];
    const row = is ?? was;
    if (!row || JSON.stringify(was) === JSON.stringify(is)) return [];
    return [{ login: row.login, rule: row.rule, before: was, after: is }];
  });
}
