import type { EntityManager } from '@elekto/db';
import { foldLogin, officeOf } from '@elekto/election';
import type { Election, ElectionKey, LoginRule } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import type { Context } from '../context.ts';
import type { Known } from '../keys/witness.ts';
import type { Person } from '../model.ts';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import { isFree, isGenuine, isKnownAs, officesAbout, writeOffice } from './office-rows.ts';
import type { Office, OfficeRow } from './office-rows.ts';

type Offices = Pick<Election, 'key' | 'officers' | 'officerAccounts'> & LoginRule;

/** Longer ago than this, ms, the provider's word that a login is an account's is too old to take an office by it. */
export const SIGN_IN_TAKES_OFFICE = 24 * 60 * 60 * 1000;

/**
 * Asks what everything that an officer may do asks first: whether this account holds an office of the election. An
 * entry with an account's number is that account's. One with a login alone belongs to the account that used the
 * office first, as long as the files name that login: who has the login later holds none, and whoever renames
 * their account keeps theirs. The first takes it here, by a login that the provider has confirmed within a day.
 */
export async function takeOffice(ctx: Context, election: Offices, person: Person): Promise<Result<null>> {
  const known = ctx.keys.witness.known();
  const found = await ctx.db.read(async (em) => {
    const place = placeIn(ctx, known, await officesAbout(em, person), election, person);
    return place.is !== 'free' || isFresh(await ctx.now(em), person) ? place : NONE;
  });
  if (found.is === 'held') return ok(null);
  if (found.is === 'none') return refuse('not-officer');
  return transact(ctx, async (em) => {
    const newest = ctx.keys.witness.known(0);
    const place = async (): Promise<Place> =>
      placeIn(ctx, newest, await officesAbout(em, person), election, person);
    const now = await place();
    if (now.is === 'free') await writeOffice(ctx, em, newest, now.office, now.row);
    // Somebody else of this login may have been faster.
    return (await place()).is === 'held' ? ok(null) : refuse('not-officer');
  });
}

/** The elections of which this person holds an office, or may take one; takes none. */
export async function officesOf(
  ctx: Context,
  elections: readonly Offices[],
  person: Person,
): Promise<ReadonlySet<ElectionKey>> {
  const known = ctx.keys.witness.known();
  return ctx.db.read(async (em) => {
    const rows = await officesAbout(em, person);
    const fresh = person.signedInAt === undefined || isFresh(await ctx.now(em), person);
    const mine = elections.filter((election) => {
      const { is } = placeIn(ctx, known, rows, election, person);
      return is === 'held' || (is === 'free' && fresh);
    });
    return new Set(mine.map(({ key }) => key));
  });
}

/**
 * Whether an account that was seen under this login holds an office at this moment; takes none. For what somebody said as an
 * officer earlier: an office that was taken from them since, in the files or by an operator, takes their word along.
 */
export async function holdsOffice(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  election: Offices,
  account: Pick<Person, 'account' | 'login'>,
): Promise<boolean> {
  const known = ctx.keys.witness.known(0);
  return placeIn(ctx, known, await officesAbout(em, account), election, account).is === 'held';
}

type Place =
  | { readonly is: 'held' | 'none' }
  /** This person may take it; `row` stands in its place and takes nothing. */
  | {
      readonly is: 'free';
      readonly office: Office & { readonly account: string };
      readonly row: OfficeRow | undefined;
    };

const HELD = { is: 'held' } as const;
const NONE = { is: 'none' } as const;

/** @param rows those about this person. */
function placeIn(
  ctx: Pick<Context, 'keys'>,
  known: Known,
  rows: readonly OfficeRow[],
  election: Offices,
  person: Pick<Person, 'account' | 'login'>,
): Place {
  const named = officeOf(election, person);
  if (named?.pinned === true) return HELD;
  const logins = new Set(election.officers.map((login) => foldLogin(login, election)));
  for (const login of Object.keys(election.officerAccounts ?? {})) logins.delete(login);
  const here = rows.filter(({ key, login }) => key === election.key && logins.has(login));
  const own = here.filter(({ account }) => account === person.account);
  if (own.some((row) => isGenuine(ctx, known, row))) return HELD;
  if (named === null) return NONE;
  const office = { key: election.key, login: named.login, account: person.account };
  const row = here.find(({ login }) => login === named.login);
  if (isFree(ctx, known, office, row)) return { is: 'free', office, row };
  // A database that was set back: whose the office is, is known outside of it.
  const other = row !== undefined && isGenuine(ctx, known, row);
  return !other && isKnownAs(ctx, known, office) ? HELD : NONE;
}

const isFresh = (now: number, { signedInAt = now }: Person): boolean =>
  now - signedInAt <= SIGN_IN_TAKES_OFFICE;
