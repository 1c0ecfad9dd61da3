import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { foldLogin, ruleIn } from '@elekto/election';
import type { Election, LoginRule } from '@elekto/election';
import { canonicalJson, hashOf } from '@elekto/wire';
import { BoxDamaged } from '../box-damaged.ts';

/**
 * The roll as it lies in the election's row: folded logins, ascending. By which rule they are, stays what it was at the
 * opening: whoever has voted keeps the entry.
 */
export interface Roll extends Pick<Election, 'logins'> {
  /** Who may vote. */
  readonly present: readonly string[];
  /** Who stood on the roll since the opening and no longer does. */
  readonly former: readonly string[];
}

export const hashRoll = (roll: Roll): string =>
  hashOf('elekto/roll/1', canonicalJson({ present: roll.present, former: roll.former, ...ruleIn(roll) }));

const loginsOf = ({ voters }: Pick<Election, 'voters'>, rule: LoginRule): string[] =>
  [...new Set(voters.map((voter) => foldLogin(voter.login, rule)))].toSorted();

/** The roll of an election that opens. */
export const firstRoll = (election: Pick<Election, 'voters'> & LoginRule): Roll => ({
  ...ruleIn(election),
  present: loginsOf(election, election),
  former: [],
});

/** What a definition makes of a roll, and whom it adds and removes. */
export function followRoll(
  roll: Roll,
  election: Pick<Election, 'voters'>,
): { readonly roll: Roll; readonly added: readonly string[]; readonly removed: readonly string[] } {
  const present = loginsOf(election, roll);
  const now = new Set(present);
  const before = new Set(roll.present);
  const added = present.filter((login) => !before.has(login));
  const removed = roll.present.filter((login) => !now.has(login));
  const former = [...new Set([...roll.former, ...removed])].filter((login) => !now.has(login)).toSorted();
  return { roll: { ...ruleIn(roll), present, former }, added, removed };
}

/** How many people were ever on the roll since the opening: more ballots than that there cannot be. */
export const everOnRoll = ({ present, former }: Roll): number => present.length + former.length;

/** In the column where the rule is not the usual one. */
interface ExactNames {
  readonly exact: readonly string[];
}

const rollOf = (column: readonly string[] | ExactNames, former: readonly string[]): Roll =>
  'exact' in column ? { logins: 'exact', present: column.exact, former } : { present: column, former };

/** The roll as its columns hold it. */
export const rollColumns = ({ present, former, logins }: Roll): { roll: string; former_roll: string } => ({
  roll: JSON.stringify(logins === undefined ? present : ({ exact: present } satisfies ExactNames)),
  former_roll: JSON.stringify(former),
});

/** The columns as they stand, authenticated by nothing. */
export async function readRollColumns(em: EntityManager, id: string): Promise<Roll> {
  const row = await tables(em)
    .selectFrom('election')
    .select(['roll', 'former_roll'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  try {
    return rollOf(JSON.parse(row.roll) as string[] | ExactNames, JSON.parse(row.former_roll) as string[]);
  } catch {
    throw new BoxDamaged('the roll was altered');
  }
}

/** Rolls by their hash: the same names have the same hash, in whichever election. */
const known = new Map<string, Roll & { readonly names: ReadonlySet<string> }>();
const MOST_KNOWN = 64;

/**
 * The roll that decides who may vote; a cast does not read it anew while it is the same.
 *
 * @throws BoxDamaged when it is not the one the server wrote.
 */
export async function readRoll(
  em: EntityManager,
  opened: { readonly id: string; readonly rollHash: string; readonly legacy: boolean },
): Promise<Roll & { readonly names: ReadonlySet<string> }> {
  const cached = known.get(opened.rollHash);
  if (cached !== undefined) return cached;
  const roll = await readRollColumns(em, opened.id);
  const read = { ...roll, names: new Set(roll.present) };
  if (opened.legacy) return read;
  if (hashRoll(roll) !== opened.rollHash) throw new BoxDamaged('the roll was altered');
  const [oldest] = known.keys();
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  known.set(opened.rollHash, read);
  return read;
}
