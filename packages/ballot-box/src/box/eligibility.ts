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

/**
 * The entry of the row's roll under which this account takes part. An entry belongs to the account whose number the roll
 * says, and where it says none to the account that voted under it first: who takes over the login gets
 * `identity-mismatch`, and who renames their account keeps their entry.
 */
export async function rollEntry(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  person: Person,
): Promise<Result<RollEntry>> {
  const roll = await readRoll(em, opened);
  const { names, accounts } = roll.entries;
  const named = nameOnRoll(roll, person);
  const login = named === null || named === 'another' ? '' : named.name;
  const { rows } = await selectBindings(em, { election: opened.id, user: person.userId, login });
  const own = rows.find(({ user }) => user === person.userId);
  if (own !== undefined) {
    if (!isBinding(ctx, opened.id, own)) return refuse('ballot-box-damaged', undefined, FORGED_BINDING);
    if (!names.has(own.login)) return refuse('not-eligible');
    const said = accounts.get(own.login) ?? person.account;
    return said === person.account ? ok(boundEntry(ctx, opened.id, own)) : refuse('identity-mismatch');
  }
  if (named === null) return refuse('not-eligible');
  if (named === 'another') return refuse('identity-mismatch');
  const [taken] = rows;
  if (taken === undefined) return ok({ login, bound: false, withdrawals: 0 });
  if (!isBinding(ctx, opened.id, taken)) return refuse('ballot-box-damaged', undefined, FORGED_BINDING);
  return refuse('identity-mismatch');
}

const nameOnRoll = (roll: KnownRoll, person: Person) =>
  nameOf(roll.entries, { account: person.account, login: foldLogin(person.login, roll) });

const selectBindings = prepared(
  (em, { election, user, login }: Record<'election' | 'user' | 'login', string>) =>
    tables(em)
      .selectFrom('roll_binding')
      .select(['login', 'user', 'mac', 'withdrawals'])
      .where('election', '=', election)
      .where((eb) => eb.or([eb('user', '=', user), eb('login', '=', login)]))
      .compile(),
);

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
