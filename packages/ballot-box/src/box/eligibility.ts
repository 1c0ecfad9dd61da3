/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import { insertUnlessThere, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { foldLogin } from '@elekto/election';
import type { Context } from '../context.ts';
import type { Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import type { OpenedElection } from './election-row.ts';
import { readRoll } from './roll.ts';

/**
 * The entry of the row's roll under which this account takes part. An entry belongs to the account that
 * voted under it first: who takes over the login later gets `identity-mismatch`, and who renames their
 * account keeps their entry.
 */
export async function rollEntry(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  person: Person,
): Promise<Result<{ login: string; bound: boolean }>> {
  const { names } = await readRoll(em, opened);
  const own = await tables(em)
    .selectFrom('roll_binding')
    .select(['login', 'user', 'mac'])
    .where('election', '=', opened.id)
    .where('user', '=', person.userId)
    .executeTakeFirst();
  if (own !== undefined) {
    if (!isBinding(ctx, opened.id, own)) return refuse('ballot-box-damaged', undefined, FORGED_BINDING);
    return names.has(own.login) ? ok({ login: own.login, bound: true }) : refuse('not-eligible');
  }
  const login = foldLogin(person.login);
  if (!names.has(login)) return refuse('not-eligible');
  const taken = await tables(em)
    .selectFrom('roll_binding')
    .select(['login', 'user', 'mac'])
    .where('election', '=', opened.id)
    .where('login', '=', login)
    .executeTakeFirst();
  if (taken === undefined) return ok({ login, bound: false });
  if (!isBinding(ctx, opened.id, taken)) return refuse('ballot-box-damaged', undefined, FORGED_BINDING);
  // Bound between the two questions, by a cast of this same person.
  return taken.user === person.userId ? ok({ login, bound: true }) : refuse('identity-mismatch');
}

const FORGED_BINDING = 'a name on the roll is bound to an account by somebody else than the server';

/** Binds the entry to the account; refuses when another account was faster. */
export async function bindEntry(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  person: Pick<Person, 'userId'>,
  entry: { login: string; bound: boolean },
): Promise<Result<null>> {
  if (entry.bound) return ok(null);
  const made = await insertUnlessThere(em, 'roll_binding', {
    election: opened.id,
    login: entry.login,
    user: person.userId,
    mac: bindingMac(ctx, opened.id, entry.login, person.userId),
  });
  if (made) return ok(null);
  const owner = await tables(em)
    .selectFrom('roll_binding')
    .select('user')
    .where('election', '=', opened.id)
    .where('login', '=', entry.login)
    .executeTakeFirst();
  return owner === undefined || owner.user === person.userId ? ok(null) : refuse('identity-mismatch');
}

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
