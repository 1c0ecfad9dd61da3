import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { asBytes, lockRows, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { ElectionKey } from '@elekto/election';
import type { Context } from '../context.ts';
import type { Participation } from '@elekto/protocol/ballot';
import type { Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { openBytes, sealBytes } from '../keys/aead.ts';
import { BoxDamaged } from '../box-damaged.ts';
import { ok } from '../result.ts';
import { framed, toBase64Url } from '@elekto/wire';
import { electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';
import type { ReadCast } from './read-cast.ts';
import { isVoided } from './voided.ts';
import { look } from '../transact.ts';

const aadOf = (election: string, user: string): Uint8Array => framed('elekto/link/1', election, user);

/** What is kept to recognise an auth key. */
export const authTag = (link: Buffer, election: string, user: string, authKey: Uint8Array): Buffer =>
  createHmac('sha256', createSecretKey(link))
    .update(framed('elekto/auth tag/1', election, user, authKey))
    .digest();

/** Binds a participation to the account and to the name on the roll under which it was taken. */
export const participationMac = (
  ctx: Pick<Context, 'keys'>,
  election: string,
  user: string,
  login: string,
  { kdf, salt, auth_tag, sealed_seed }: Omit<Taken, 'mac'>,
): string =>
  ctx.keys.mac(
    'elekto/participation/1',
    election,
    user,
    login,
    String(kdf),
    ...[salt, auth_tag, sealed_seed].map((bytes) => Buffer.from(asBytes(bytes)).toString('base64url')),
  );

/** The columns of a participation, all of fixed size whether or not a passphrase was kept. */
export function participationColumns(
  ctx: Pick<Context, 'keys'>,
  link: Buffer,
  election: string,
  who: { readonly userId: string; readonly login: string },
  cast: ReadCast,
) {
  const columns = {
    kdf: cast.kdf,
    salt: Buffer.from(cast.salt),
    auth_tag: authTag(link, election, who.userId, cast.authKey),
    sealed_seed: sealBytes(link, cast.sealedSeed, aadOf(election, who.userId)),
  };
  return { ...columns, mac: participationMac(ctx, election, who.userId, who.login, columns) };
}

/** A stored participation. */
export interface Taken {
  readonly kdf: number;
  readonly salt: Uint8Array;
  readonly auth_tag: Uint8Array;
  readonly sealed_seed: Uint8Array;
  readonly mac: string;
}

/**
 * The person's participation; `lock` keeps it to the end of the transaction.
 *
 * @throws BoxDamaged when the election is not counted yet and the server did not write it for this person.
 */
export async function findParticipation(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  user: string,
  lock: boolean,
): Promise<Taken | null> {
  const query = tables(em)
    .selectFrom('participation')
    .leftJoin('roll_binding', (join) =>
      join
        .onRef('roll_binding.election', '=', 'participation.election')
        .onRef('roll_binding.user', '=', 'participation.user'),
    )
    .select(['kdf', 'salt', 'auth_tag', 'sealed_seed', 'participation.mac', 'roll_binding.login'])
    .where('participation.election', '=', opened.id)
    .where('participation.user', '=', user);
  const found = await lockRows(em, query, lock ? 'update' : 'none', 'participation').executeTakeFirst();
  if (found === undefined) return null;
  const { login, ...taken } = found;
  // After the count who took part decides nothing any more, and links may have been blanked.
  const counted = opened.state === 'finalised' || opened.state === 'published';
  if (!counted && (login === null || taken.mac !== participationMac(ctx, opened.id, user, login, taken))) {
    throw new BoxDamaged('a record of who took part was altered or belongs to somebody else');
  }
  return taken;
}

/** Whether the auth key is the one of this participation, in constant time; false for a row of any other size. */
export function provesPassphrase(
  taken: Taken,
  link: Buffer,
  election: string,
  user: string,
  authKey: Uint8Array,
): boolean {
  const expected = authTag(link, election, user, authKey);
  return taken.auth_tag.length === expected.length && timingSafeEqual(taken.auth_tag, expected);
}

/** The passphrase's layer of the sealed seed, base64url; null when the row was altered. */
export function openLink(taken: Taken, link: Buffer, election: string, user: string): string | null {
  const seed = openBytes(link, taken.sealed_seed, aadOf(election, user));
  return seed === null ? null : toBase64Url(seed);
}

/** Whether the person has voted, and what their browser needs to derive keys from the passphrase. */
export async function participation(
  ctx: Context,
  key: ElectionKey,
  person: Person,
): Promise<Result<Participation>> {
  return look<Participation>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, key);
    if (opened === null) return ok({ voted: false, unlock: null });
    const taken = await findParticipation(ctx, em, opened, person.userId, false);
    if (taken === null) {
      const voided = await isVoided(ctx, em, opened.id, person.userId);
      return ok({ voted: false, unlock: null, ...(voided && { voided }) });
    }
    if (ctx.keys.link(opened.id) === null) return ok({ voted: true, unlock: null });
    return ok({ voted: true, unlock: { kdf: taken.kdf, salt: toBase64Url(taken.salt) } });
  });
}

/** The elections in which the person has voted. */
export const allVotedKeys = (ctx: Context, person: Person): Promise<ElectionKey[]> =>
  ctx.db.read(async (em) => {
    const rows = await tables(em)
      .selectFrom('participation')
      .innerJoin('election', 'election.id', 'participation.election')
      .select('election.key')
      .where('participation.user', '=', person.userId)
      .orderBy('election.key')
      .execute();
    return rows.map((row) => row.key);
  });
