import { createHmac, timingSafeEqual } from 'node:crypto';
import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { ElectionKey } from '@elekto/election';
import type { Context } from '../context.ts';
import type { Participation } from '@elekto/protocol/ballot';
import type { Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { openBytes, sealBytes } from '../keys/aead.ts';
import { ok } from '../result.ts';
import { framed, toBase64Url } from '@elekto/wire';
import { electionRow } from './election-row.ts';
import type { ReadCast } from './read-cast.ts';
import { look } from '../transact.ts';

const aadOf = (election: string, user: string): Uint8Array => framed('elekto/link/1', election, user);

/** What is kept to recognise an auth key. */
export const authTag = (link: Buffer, election: string, user: string, authKey: Uint8Array): Buffer =>
  createHmac('sha256', link)
    .update(framed('elekto/auth tag/1', election, user, authKey))
    .digest();

/** The columns of a participation, all of fixed size whether or not a passphrase was kept. */
export function participationColumns(link: Buffer, election: string, user: string, cast: ReadCast) {
  return {
    kdf: cast.kdf,
    salt: Buffer.from(cast.salt),
    auth_tag: authTag(link, election, user, cast.authKey),
    sealed_seed: sealBytes(link, cast.sealedSeed, aadOf(election, user)),
  };
}

/** A stored participation. */
export interface Taken {
  readonly kdf: number;
  readonly salt: Uint8Array;
  readonly auth_tag: Uint8Array;
  readonly sealed_seed: Uint8Array;
}

/** The person's participation; `lock` keeps it to the end of the transaction. */
export async function findParticipation(
  ctx: Pick<Context, 'db'>,
  em: EntityManager,
  election: string,
  user: string,
  lock: boolean,
): Promise<Taken | null> {
  const query = tables(em)
    .selectFrom('participation')
    .select(['kdf', 'salt', 'auth_tag', 'sealed_seed'])
    .where('election', '=', election)
    .where('user', '=', user);
  return (
    (await (lock && ctx.db.dialect === 'postgresql' ? query.forUpdate() : query).executeTakeFirst()) ?? null
  );
}

/** Whether the auth key is the one of this participation, in constant time. */
export const provesPassphrase = (
  taken: Taken,
  link: Buffer,
  election: string,
  user: string,
  authKey: Uint8Array,
): boolean => timingSafeEqual(taken.auth_tag, authTag(link, election, user, authKey));

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
    const taken = await findParticipation(ctx, em, opened.id, person.userId, false);
    if (taken === null) {
      const voided = await isVoided(em, opened.id, person.userId);
      return ok({ voted: false, unlock: null, ...(voided && { voided }) });
    }
    return ok({ voted: true, unlock: { kdf: taken.kdf, salt: toBase64Url(taken.salt) } });
  });
}

/** Whether the person took part in a run that a restart of voting has voided. */
async function isVoided(em: EntityManager, election: string, user: string): Promise<boolean> {
  const row = await tables(em)
    .selectFrom('voided_participation')
    .select('run')
    .where('election', '=', election)
    .where('user', '=', user)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
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
