/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import { insertAllUnlessThere, insertUnlessThere, prepared, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { foldLogin, nameOf } from '@elekto/election';
import type { Context } from '../context.ts';
import type { Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import type { OpenedElection } from './election-row.ts';
import { readRoll } from './roll.ts';
import type { KnownRoll } from './roll.ts';
import { openWithdrawals, sealWithdrawals } from './withdrawals.ts';

export interface RollEntry {
  readonly login: string;
  /** To this account. */
  readonly bound: boolean;
  /** How often this account took its ballot back. */
  readonly withdrawals: number;
}

/** The roll, and what is bound on it of some people. */
export interface SeenRoll {
  readonly roll: KnownRoll;
  readonly rows: readonly Binding[];
}
type Binding = Awaited<ReturnType<ReturnType<typeof prepareSelect>>>['rows'][number];

/** What `entryIn` is asked with, for several people in one statement. */
export async function seeRoll(
  em: EntityManager,
  opened: OpenedElection,
  people: readonly Person[],
): Promise<SeenRoll> {
  const roll = await readRoll(em, opened);
  // In the order of their ids, which are random: not that of their coming.
  const sorted = people.toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
  const values = sorted.flatMap((person, at) => [
    [`user ${at}`, person.userId] as const,
    [`login ${at}`, loginOn(roll, person)] as const,
  ]);
  const select = selects.get(people.length) ?? prepareSelect(people.length);
  selects.set(people.length, select);
  const { rows } = await select(em, { election: opened.id, ...Object.fromEntries(values) });
  return { roll, rows };
}

/**
 * The entry of the row's roll under which this account takes part. An entry belongs to the account whose number the roll
 * says, and where it says none to the account that voted under it first: who takes over the login gets
 * `identity-mismatch`, and who renames their account keeps their entry.
 */
export function entryIn(
  ctx: Pick<Context, 'keys'>,
  opened: OpenedElection,
  { roll, rows }: SeenRoll,
  person: Person,
): Result<RollEntry> {
  const { names, accounts } = roll.entries;
  const own = rows.find(({ user }) => user === person.userId);
  if (own !== undefined) {
    if (!isBinding(ctx, opened.id, own)) return refuse('ballot-box-damaged', undefined, FORGED_BINDING);
    if (!names.has(own.login)) return refuse('not-eligible');
    const said = accounts.get(own.login) ?? person.account;
    return said === person.account ? ok(boundEntry(ctx, opened.id, own)) : refuse('identity-mismatch');
  }
  const named = nameOnRoll(roll, person);
  if (named === null) return refuse('not-eligible');
  if (named === 'another') return refuse('identity-mismatch');
  const taken = rows.find(({ login }) => login === named.name);
  if (taken === undefined) return ok({ login: named.name, bound: false, withdrawals: 0 });
  if (!isBinding(ctx, opened.id, taken)) return refuse('ballot-box-damaged', undefined, FORGED_BINDING);
  return refuse('identity-mismatch');
}

/** `entryIn` of one person. */
export const rollEntry = async (
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  person: Person,
): Promise<Result<RollEntry>> => entryIn(ctx, opened, await seeRoll(em, opened, [person]), person);

/** Empty where nobody on the roll is meant. */
function loginOn(roll: KnownRoll, person: Person): string {
  const named = nameOnRoll(roll, person);
  return named === null || named === 'another' ? '' : named.name;
}

const nameOnRoll = (roll: KnownRoll, person: Person) =>
  nameOf(roll.entries, { account: person.account, login: foldLogin(person.login, roll) });

/** By how many people are asked for. */
const selects = new Map<number, ReturnType<typeof prepareSelect>>();

/** By account and by name apart, each by its own index; with `or` SQLite would look at every binding of the election. A row may come twice. */
const prepareSelect = (people: number) =>
  prepared((em, values: Readonly<Record<string, string>>) => {
    const by = (what: 'user' | 'login') =>
      tables(em)
        .selectFrom('roll_binding')
        .select(['login', 'user', 'mac', 'withdrawals'])
        .where('election', '=', values['election'] ?? '')
        .where(
          what,
          'in',
          Array.from({ length: people }, (_, at) => values[`${what} ${at}`] ?? ''),
        );
    return by('user').unionAll(by('login')).compile();
  });

const boundEntry = (
  ctx: Pick<Context, 'keys'>,
  election: string,
  row: { readonly login: string; readonly user: string; readonly withdrawals: Uint8Array | null },
): RollEntry => ({ login: row.login, bound: true, withdrawals: openWithdrawals(ctx, election, row) });

const FORGED_BINDING = 'a name on the roll is bound to an account by somebody else than the server';

/** Binds the entry to the account, and says whether it was not before; refuses when another account was faster. */
export async function bindEntry(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  person: Pick<Person, 'userId'>,
  entry: Pick<RollEntry, 'login' | 'bound'>,
): Promise<Result<{ readonly first: boolean }>> {
  if (entry.bound) return ok({ first: false });
  const who = { userId: person.userId, login: entry.login };
  if (await insertUnlessThere(em, 'roll_binding', firstBinding(ctx, opened.id, who)))
    return ok({ first: true });
  const owner = await tables(em)
    .selectFrom('roll_binding')
    .select('user')
    .where('election', '=', opened.id)
    .where('login', '=', entry.login)
    .executeTakeFirst();
  return owner === undefined || owner.user === person.userId
    ? ok({ first: false })
    : refuse('identity-mismatch');
}

/** Somebody, by the name on the roll that is theirs. */
type Named = Pick<Person, 'userId'> & { readonly login: string };

/**
 * Each with the name on the roll that is theirs, in the same order; null when one of them has none. For people of whom nothing is bound
 * yet: that it is so is known once `bindAll` has bound them.
 */
export async function namesOnRoll<One extends { readonly person: Person }>(
  em: EntityManager,
  opened: OpenedElection,
  all: readonly One[],
): Promise<(One & Named)[] | null> {
  const roll = await readRoll(em, opened);
  const found = all.flatMap((one) => {
    const named = nameOnRoll(roll, one.person);
    if (named === null || named === 'another') return [];
    return [{ ...one, userId: one.person.userId, login: named.name }];
  });
  return found.length === all.length ? found : null;
}

/** Binds several names; false when one of them, or the account, was bound already: then the transaction is undone. */
export const bindAll = (
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  people: readonly Named[],
): Promise<boolean> =>
  insertAllUnlessThere(
    em,
    'roll_binding',
    people.map((who) => firstBinding(ctx, opened.id, who)),
  );

const firstBinding = (ctx: Pick<Context, 'keys'>, election: string, { userId, login }: Named) => ({
  election,
  login,
  user: userId,
  mac: bindingMac(ctx, election, login, userId),
  withdrawals: sealWithdrawals(ctx, election, userId, 0),
});

/** A binding that the server did not make gives no vote. */
export const bindingMac = (
  ctx: Pick<Context, 'keys'>,
  election: string,
  login: string,
  user: string,
): string => ctx.keys.mac('elekto/roll binding/1', election, login, user);

/** Whether the server wrote it. */
export const isBinding = (
  ctx: Pick<Context, 'keys'>,
  election: string,
  { login, user, mac }: { readonly login: string; readonly user: string; readonly mac: string },
): boolean => mac === bindingMac(ctx, election, login, user);
