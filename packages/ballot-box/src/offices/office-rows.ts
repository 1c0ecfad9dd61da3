import { insertUnlessThere, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { foldLogin } from '@elekto/election';
import type { ElectionKey } from '@elekto/election';
import type { Context } from '../context.ts';
import { INSTALLATION } from '../keys/witness.ts';
import type { Fact, Known } from '../keys/witness.ts';
import { onceCommitted } from '../transact.ts';

type Keys = Pick<Context, 'keys'>;

/** What the files give to a login. */
export interface Office {
  readonly key: ElectionKey;
  /** Folded. */
  readonly login: string;
}

/** That it is this account's. */
interface Held extends Office {
  /** Whose it is, as the provider calls it for ever. */
  readonly account: string;
  /** Rises when it is taken again after it was released. */
  readonly version: number;
}

export type OfficeRow = Held & { readonly mac: string };

const select = (em: EntityManager) =>
  tables(em)
    .selectFrom('office')
    .select(['election_key as key', 'login', 'account', 'version', 'mac'])
    .orderBy('election_key')
    .orderBy('login');

/** Every row there is. */
export const allOffices = (em: EntityManager): Promise<OfficeRow[]> => select(em).execute();

/** The rows of an election. */
export const officesIn = (em: EntityManager, key: ElectionKey): Promise<OfficeRow[]> =>
  select(em).where('election_key', '=', key).execute();

/** Every row that may decide about a person, of all elections, whichever rule each has for logins. */
export const officesAbout = (
  em: EntityManager,
  { account, login }: { readonly account: string; readonly login: string },
): Promise<OfficeRow[]> =>
  select(em)
    .where((eb) =>
      eb.or([
        eb('account', '=', account),
        eb('login', 'in', [foldLogin(login), foldLogin(login, { logins: 'exact' })]),
      ]),
    )
    .execute();

const itemOf = ({ key, login }: Office): string => `office:${login}:${key}`;

/** Under a key outside the database: who can write rows appoints nobody with it. */
const macOf = ({ keys }: Keys, { key, login, account, version }: Held): string =>
  keys.mac('elekto/office/1', key, login, account, String(version));

const factOf = (held: Office & { readonly version: number }, tag: string): Fact => ({
  election: INSTALLATION,
  item: itemOf(held),
  version: held.version,
  tag: tag.slice(0, 16),
});

/** In the place of a MAC where nobody holds it any more. */
const RELEASED = 'released';

const newest = (known: Known, office: Office): number => known.version(INSTALLATION, itemOf(office));

/** As the server wrote it, and not one that was put back. */
export const isGenuine = (ctx: Keys, known: Known, row: OfficeRow): boolean =>
  row.mac === macOf(ctx, row) && known.staleness(factOf(row, row.mac)) === null;

/** Whether it is known outside the database to be this account's, whatever the rows say. */
export function isKnownAs(ctx: Keys, known: Known, office: Omit<Held, 'version'>): boolean {
  const held = { ...office, version: newest(known, office) };
  return held.version > 0 && known.staleness(factOf(held, macOf(ctx, held))) === null;
}

/** Nobody has taken it, or who had was released. A row that the server did not write, or that was put back, takes nothing. */
export function isFree(ctx: Keys, known: Known, office: Office, row: OfficeRow | undefined): boolean {
  if (row !== undefined && isGenuine(ctx, known, row)) return false;
  const version = newest(known, office);
  return version === 0 || known.staleness(factOf({ ...office, version }, RELEASED)) === null;
}

/**
 * Writes that an office which is free is this account's. Nothing happens where another transaction was faster.
 *
 * @param row what stands in its place and takes nothing.
 */
export async function writeOffice(
  ctx: Keys,
  em: EntityManager,
  known: Known,
  office: Omit<Held, 'version'>,
  row: OfficeRow | undefined,
): Promise<void> {
  if (row !== undefined) await removeRow(em, row);
  const held = { ...office, version: newest(known, office) + 1 };
  const mac = macOf(ctx, held);
  const { key, login, account, version } = held;
  const made = await insertUnlessThere(em, 'office', { election_key: key, login, account, version, mac });
  if (made) onceCommitted(em, factOf(held, mac));
}

/** Gives an office free; false where nobody had it. Its row, whoever wrote it, goes. */
export async function freeOffice(
  ctx: Keys,
  em: EntityManager,
  office: Office,
  row: OfficeRow | undefined,
): Promise<boolean> {
  const known = ctx.keys.witness.known(0);
  if (row !== undefined) await removeRow(em, row);
  if (isFree(ctx, known, office, row)) return row !== undefined;
  const held = row !== undefined && isGenuine(ctx, known, row) ? row.version : 0;
  const version = Math.max(held, newest(known, office)) + 1;
  onceCommitted(em, factOf({ ...office, version }, RELEASED));
  return true;
}

const removeRow = (em: EntityManager, { key, login, mac }: OfficeRow): Promise<unknown> =>
  tables(em)
    .deleteFrom('office')
    .where('election_key', '=', key)
    .where('login', '=', login)
    .where('mac', '=', mac)
    .execute();
