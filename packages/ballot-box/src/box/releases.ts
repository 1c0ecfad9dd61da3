import { insertUnlessThere, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Election } from '@elekto/election';
import { hashRecord, receiptMessage, recordLength } from '@elekto/protocol/ballot';
import type { Receipt, ShownRelease } from '@elekto/protocol/ballot';
import type { Result } from '@elekto/protocol/refusal';
import { framed, fromHex, toBase64Url, toHex } from '@elekto/wire';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import { openBytes, sealBytes } from '../keys/aead.ts';
import { ok, refuse } from '../result.ts';
import { addShares } from '../seal/share.ts';
import type { OpenShard } from './shards.ts';
import { releaseNumber, releasesGap } from './releases-known.ts';
import { suiteOf } from '../suite/suite-of.ts';
import { look } from '../transact.ts';
import { electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';

const HASH = 32;
const RELEASE = 64;
const WITHDRAWN = '';

const aadOf = (election: string): Uint8Array => framed('elekto/release/1', election);

/** Name of the row and key of what is in it: without the record's hash, which only its receipt has, neither is known. */
const ofRecord = (ctx: Pick<Context, 'keys'>, election: string, recordHash: string) => ({
  id: ctx.keys.mac('elekto/release/1', election, recordHash),
  key: Buffer.from(ctx.keys.mac('elekto/release key/1', election, recordHash), 'base64url'),
});

/**
 * Checks what the voter sent along as their record leaves the box, for the record `next` or for none, and keeps it sealed,
 * known to the shard that it leaves; the caller stores this.
 * Without it the holder of the old receipt could say, and prove, that the server dropped their ballot.
 */
export async function releaseRecord(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  opened: OpenedElection,
  from: OpenShard,
  old: Uint8Array,
  next: Uint8Array | null,
  given: string | undefined,
): Promise<Result<null>> {
  const { id: election, manifestHash } = opened;
  const newHash = next === null ? null : hashRecord(manifestHash, next);
  const release = suiteOf(opened.manifest).releases(opened, old, newHash, given);
  if (!release.ok) return release;
  if (release.value === null) return ok(null);
  const { id, key } = ofRecord(ctx, election, hashRecord(manifestHash, old));
  const after = fromHex(newHash ?? WITHDRAWN, HASH) ?? Buffer.alloc(HASH);
  const sealed = sealBytes(key, Buffer.concat([old, after, release.value]), aadOf(election));
  // Released before, and brought back since: what was signed then says the same of this record.
  if (!(await insertUnlessThere(em, 'released_record', { election, id, sealed }))) return ok(null);
  const { released } = from.shares;
  if (released === null) throw new Error('voters sign in a box that does not count it');
  from.shares = {
    ...from.shares,
    released: addShares(released, releaseNumber(ctx, election, { id, sealed })),
  };
  return ok(null);
}

/**
 * What the voter signed when the ballot of this receipt left the box; null when nothing was signed, or the receipt is none of
 * this server's. Only a receipt opens it. Refuses with `not-closed-yet` while votes are taken: what the signature answers, that
 * the record is not in the box, nobody can ask before, and whoever was given a receipt would be told when its voter votes again.
 * Refuses with `ballot-box-damaged` where nothing is found and what voters signed is not complete.
 */
export async function shownRelease(
  ctx: Context,
  election: Pick<Election, 'key'>,
  receipt: Receipt,
): Promise<Result<ShownRelease | null>> {
  const found = await look(ctx, async (em) => ok(await electionRow(ctx, em, election.key)));
  if (!found.ok) return found;
  const opened = found.value;
  if (opened === null) return ok(null);
  if (opened.state === 'open') return refuse('not-closed-yet', opened.closesAt);
  const { manifest, manifestHash } = opened;
  const { recordHash } = receipt;
  if (fromHex(recordHash, HASH) === null || receipt.manifestHash !== manifestHash) return ok(null);
  // Ed25519 signs the same thing always the same.
  if (receipt.signature !== ctx.keys.sign(receiptMessage(manifest.key, manifestHash, recordHash)))
    return ok(null);
  if (!suiteOf(manifest).signsReleases) return ok(null);
  const known = await look<ShownRelease | null>(ctx, async (em) =>
    ok(await releaseOf(ctx, em, opened, recordHash)),
  );
  if (!known.ok || known.value !== null) return known;
  // "Nobody signed" is said only where nothing that somebody signed can be missing.
  const gap = await releasesGap(ctx, opened);
  return gap === null ? known : refuse('ballot-box-damaged', undefined, gap);
}

/** What is kept of a record: a signature that says by itself that it is its voter's. Null when there is no row. */
async function releaseOf(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  { id: election, manifest }: OpenedElection,
  recordHash: string,
): Promise<ShownRelease | null> {
  const { id, key } = ofRecord(ctx, election, recordHash);
  const row = await tables(em)
    .selectFrom('released_record')
    .select('sealed')
    .where('election', '=', election)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const plain = openBytes(key, row.sealed, aadOf(election));
  const length = recordLength(manifest);
  if (plain?.length !== length + HASH + RELEASE)
    throw new BoxDamaged('what a voter signed as their ballot left the box was altered');
  const after = plain.subarray(length, length + HASH);
  return {
    record: toBase64Url(plain.subarray(0, length)),
    newHash: after.every((byte) => byte === 0) ? null : toHex(after),
    release: toBase64Url(plain.subarray(length + HASH)),
  };
}
