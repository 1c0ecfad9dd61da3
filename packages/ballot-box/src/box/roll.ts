import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { accountsIn, foldLogin, rollNames, ruleIn, withAccount } from '@elekto/election';
import type { Election, LoginRule, RollNames } from '@elekto/election';
import { canonicalJson, canonicalPieces, hashOf } from '@elekto/wire';
import { BoxDamaged } from '../box-damaged.ts';
import { bytesInTurns, takeTurns } from '../turns.ts';

/**
 * The roll as it lies in the election's row: folded logins, ascending. By which rule they are, stays what it was at the
 * opening: whoever has voted keeps the entry.
 */
export interface Roll extends Pick<Election, 'logins'> {
  /** Who may vote. */
  readonly present: readonly string[];
  /** Numbers of the accounts of those of them of whom the files say it, by login; absent where they say none. */
  readonly accounts?: Readonly<Record<string, string>>;
  /** Who stood on the roll since the opening and no longer does. */
  readonly former: readonly string[];
}

/** What of a roll may be absent, where it is there. */
const saidIn = ({ logins, accounts }: Pick<Roll, 'logins' | 'accounts'>) => ({
  ...ruleIn({ logins }),
  ...(accounts !== undefined && { accounts }),
});

/** What is hashed of a roll. */
const contentOf = (roll: Roll) => ({ present: roll.present, former: roll.former, ...saidIn(roll) });
const hashOfText = (text: Uint8Array | string): string => hashOf('elekto/roll/1', text);

export const hashRoll = (roll: Roll): string => hashOfText(canonicalJson(contentOf(roll)));

const loginsOf = ({ voters }: Pick<Election, 'voters'>, rule: LoginRule): string[] =>
  [...new Set(voters.map((voter) => foldLogin(voter.login, rule)))].toSorted();

const accountsOf = (election: Pick<Election, 'voters'>, rule: LoginRule): Pick<Roll, 'accounts'> => {
  const accounts = accountsIn(election, rule);
  return accounts === undefined ? {} : { accounts };
};

/** The entries as the files write them: another number behind a name is another entry. */
const entriesOf = ({ present, accounts = {} }: Pick<Roll, 'present' | 'accounts'>): string[] =>
  present.map((login) => {
    const account = Object.hasOwn(accounts, login) ? accounts[login] : undefined;
    return withAccount({ login, ...(account !== undefined && { account }) });
  });

/** The roll of an election that opens. */
export const firstRoll = (election: Pick<Election, 'voters'> & LoginRule): Roll => ({
  ...saidIn({ ...ruleIn(election), ...accountsOf(election, election) }),
  present: loginsOf(election, election),
  former: [],
});

/** What a definition makes of a roll, and whom it adds and removes. */
export function followRoll(
  roll: Roll,
  election: Pick<Election, 'voters'>,
): { readonly roll: Roll; readonly added: readonly string[]; readonly removed: readonly string[] } {
  const present = loginsOf(election, roll);
  const names = new Set(present);
  const former = [...new Set([...roll.former, ...roll.present])].filter((login) => !names.has(login));
  const next = { ...ruleIn(roll), ...accountsOf(election, roll), present, former: former.toSorted() };
  const [before, now] = [new Set(entriesOf(roll)), new Set(entriesOf(next))];
  return { roll: next, added: [...now.difference(before)], removed: [...before.difference(now)] };
}

/** How many people were ever on the roll since the opening: more ballots than that there cannot be. */
export const everOnRoll = ({ present, former }: Roll): number => present.length + former.length;

/** In the column where the rule is not the usual one, or the files say whose account somebody is; the names alone otherwise. */
type Column = Pick<Roll, 'accounts'> &
  ({ readonly names: readonly string[] } | { readonly exact: readonly string[] });

function rollOf(column: readonly string[] | Column, former: readonly string[]): Roll {
  if (!('names' in column || 'exact' in column)) return { present: column, former };
  const { accounts } = column;
  const said = accounts === undefined ? {} : { accounts };
  return 'exact' in column
    ? { logins: 'exact', ...said, present: column.exact, former }
    : { ...said, present: column.names, former };
}

/** The roll as its columns hold it. */
export function rollColumns({ present, former, ...said }: Roll): { roll: string; former_roll: string } {
  const { logins, accounts } = said;
  const named = logins === 'exact' ? { exact: present } : { names: present };
  const isPlain = logins === undefined && accounts === undefined;
  return {
    roll: JSON.stringify(isPlain ? present : { ...named, ...(accounts !== undefined && { accounts }) }),
    former_roll: JSON.stringify(former),
  };
}

/** The columns as they stand, authenticated by nothing. */
export async function readRollColumns(em: EntityManager, id: string): Promise<Roll> {
  const row = await tables(em)
    .selectFrom('election')
    .select(['roll', 'former_roll'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  try {
    return rollOf(JSON.parse(row.roll) as string[] | Column, JSON.parse(row.former_roll) as string[]);
  } catch {
    throw new BoxDamaged('the roll was altered');
  }
}

/** A roll with what it is asked for. */
export type KnownRoll = Roll & { readonly entries: RollNames };

/** Rolls by their hash: the same names have the same hash, in whichever election. */
const known = new Map<string, KnownRoll>();
const MOST_KNOWN = 64;

/** Whether `readRoll` asks the database nothing. */
export const isRollKnown = ({ rollHash }: { readonly rollHash: string }): boolean => known.has(rollHash);

/**
 * The roll that decides who may vote; a cast does not read it anew while it is the same.
 *
 * @throws BoxDamaged when it is not the one the server wrote.
 */
export async function readRoll(
  em: EntityManager,
  opened: { readonly id: string; readonly rollHash: string; readonly legacy: boolean },
): Promise<KnownRoll> {
  const cached = known.get(opened.rollHash);
  if (cached !== undefined) return cached;
  // Of tens of thousands of names each step takes so long that others have their turn before the next.
  const turn = takeTurns();
  const roll = await readRollColumns(em, opened.id);
  await turn();
  const read = { ...roll, entries: rollNames(roll.present, roll.accounts) };
  if (opened.legacy) return read;
  await turn();
  const text = await bytesInTurns(canonicalPieces(contentOf(roll)));
  await turn();
  if (hashOfText(text) !== opened.rollHash) throw new BoxDamaged('the roll was altered');
  const [oldest] = known.keys();
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  known.set(opened.rollHash, read);
  return read;
}
