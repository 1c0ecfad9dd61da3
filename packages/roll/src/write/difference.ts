import { foldLogin, splitAccount } from '@elekto/election';
import { byCodeUnit } from '../decide/decide.ts';
import type { EvidenceRow } from './evidence.ts';

/** A roll and what its evidence says. */
export interface RollState {
  /** As its file writes them, with the number of the account where it says one. */
  readonly voters: readonly string[];
  readonly rows: readonly EvidenceRow[];
}

export interface Added {
  readonly voter: string;
  /** The rules that are met now; empty where no evidence says why. */
  readonly met: readonly EvidenceRow[];
}

export interface Removed {
  readonly voter: string;
  /** What takes somebody off now who would be on the roll. */
  readonly excludedBy: readonly EvidenceRow[];
  /** The rules that were met before. */
  readonly met: readonly EvidenceRow[];
}

/** What differs between two rolls, each with why where the evidence says it; in the order of folded logins. */
export interface RollDifference {
  readonly added: readonly Added[];
  readonly removed: readonly Removed[];
  readonly same: number;
}

export function differenceOf(before: RollState, after: RollState): RollDifference {
  const [old, now] = [votersOf(before), votersOf(after)];
  const [rowsBefore, rowsNow] = [evidenceOf(before), evidenceOf(after)];
  const only = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] =>
    [...one]
      .filter(([folded]) => !other.has(folded))
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([, voter]) => voter);
  const added = only(now, old).map((voter) => ({ voter, met: rowsNow(voter).filter(({ on }) => on) }));
  const removed = only(old, now).map((voter) => ({
    voter,
    excludedBy: rowsNow(voter).filter(({ on }) => !on),
    met: rowsBefore(voter).filter(({ on }) => on),
  }));
  return { added, removed, same: now.size - added.length };
}

const votersOf = ({ voters }: RollState): ReadonlyMap<string, string> =>
  new Map(voters.map((voter) => [foldLogin(voter), voter]));

/** The rows about a voter, of whom the evidence says the login alone. */
function evidenceOf({ rows }: RollState): (voter: string) => readonly EvidenceRow[] {
  const known = Map.groupBy(rows, ({ login }) => foldLogin(login));
  return (voter) => known.get(foldLogin(splitAccount(voter).name)) ?? [];
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
