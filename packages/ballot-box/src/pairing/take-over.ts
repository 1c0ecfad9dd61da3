/* eslint elekto/words-in-catalogue: off -- for the operator's log and the record, in English as all of them */
import { authenticateSessions, authenticateWith, insertUnlessThere, tables } from '@elekto/db';
import type { Database, EntityManager } from '@elekto/db';
import { recordLength } from '@elekto/protocol/ballot';
import type { Result } from '@elekto/protocol/refusal';
import { BoxDamaged } from '../box-damaged.ts';
import { changeElection, genuineRow } from '../box/election-row.ts';
import type { OpenedElection } from '../box/election-row.ts';
import { bindingMac } from '../box/eligibility.ts';
import { participantShare } from '../box/participants.ts';
import { participationMac } from '../box/participation.ts';
import { authenticateVoided } from '../box/voided.ts';
import { fillWithdrawals } from '../box/withdrawals.ts';
import type { Context } from '../context.ts';
import { INSTALLATION } from '../keys/witness.ts';
import type { Fact } from '../keys/witness.ts';
import { RESTORE_ACCEPTED, SERVER, appendAudit } from '../offices/audit-trail.ts';
import { authenticateRequests, noteRequests } from '../offices/request-rows.ts';
import { ok } from '../result.ts';
import { openShard } from '../seal/shard.ts';
import { addShares, makeShares, sealShares } from '../seal/share.ts';
import { onceCommitted, transact } from '../transact.ts';
import { takeOverPublications } from './publications.ts';

/**
 * Makes a database these keys' own, once: writes their fingerprint, and authenticates what a version before
 * has left without. From then on nothing without it is taken. What does not fit these keys now is left as it
 * is, and the count stops at it. The record says when it was done. Several servers at once do it once.
 *
 * @param accepted who has said that a database which was in use is lost; null when nothing was.
 */
export function takeOver(ctx: Context, accepted: string | null): Promise<Result<null>> {
  return transact(ctx, async (em) => {
    const { fingerprint } = ctx.keys;
    const made = await insertUnlessThere(em, 'installation', { id: 1, fingerprint });
    if (!made) return ok(null);
    onceCommitted(em, met(fingerprint));
    const rows = await tables(em).selectFrom('election').select('key').orderBy('key').execute();
    const events = await tables(em).selectFrom('audit_event').select('seq').limit(1).execute();
    const at = await ctx.now(em);
    if (accepted !== null) {
      const detail = 'a database of before is lost or was set back';
      await appendAudit(ctx, em, { key: '', at, actor: accepted, action: RESTORE_ACCEPTED, detail });
    }
    if (rows.length + events.length === 0) return ok(null);
    let people = 0;
    for (const { key } of rows) people += await authenticate(ctx, em, key);
    const detail = `${rows.length} elections and ${people} records of who took part, written before they were authenticated`;
    await appendAudit(ctx, em, { key: '', at, actor: SERVER, action: 'records-taken-over', detail });
    return ok(null);
  });
}

/**
 * Authenticates what a version before has left without, once for each kind: from then on none without is taken. What
 * is known of a published result from the record alone is written into its election's row at each start, for a backup
 * of before may come back.
 */
export async function takeOverRest(ctx: Pick<Context, 'db' | 'keys' | 'now'>): Promise<void> {
  const { keys } = ctx;
  await forgoAfterLoss(ctx);
  await once(ctx, 'requests', (em) => authenticateRequests(ctx, em));
  await once(ctx, 'authentic-columns', async (em) => {
    // The database may not have been given its pepper yet.
    const authenticate: Database['authenticate'] = (domain, ...parts) =>
      authenticateWith(keys.sessionPepper, domain, ...parts);
    await authenticateSessions({ authenticate }, em);
    await authenticateVoided(ctx, em);
    await noteRequests(ctx, em);
  });
  await once(ctx, 'withdrawals', (em) => fillWithdrawals(ctx, em));
  await takeOverPublications(ctx);
}

const KINDS = ['requests', 'authentic-columns', 'withdrawals'] as const;
type Kind = (typeof KINDS)[number];

/**
 * Keys that were brought back without what they knew do not know what was taken over already. Nothing is then: whoever
 * writes rows would be vouched for. People sign in again, and requests of before are told to be nobody's.
 */
async function forgoAfterLoss(ctx: Pick<Context, 'db' | 'keys' | 'now'>): Promise<void> {
  if (ctx.keys.witness.known(0).version(INSTALLATION, 'database') > 0) return;
  ctx.keys.endedSignIns.endAll(await ctx.db.read(ctx.now));
  await transact(ctx, (em) => {
    for (const item of KINDS) onceCommitted(em, { election: INSTALLATION, item, version: 1, tag: '' });
    onceCommitted(em, met(ctx.keys.fingerprint));
    return Promise.resolve(ok(null));
  });
}

/** That these keys and a database belong together. */
const met = (fingerprint: string): Fact => ({
  election: INSTALLATION,
  item: 'database',
  version: 1,
  tag: fingerprint.slice(0, 16),
});

async function once(
  ctx: Pick<Context, 'db' | 'keys'>,
  item: Kind,
  work: (em: EntityManager) => Promise<void>,
): Promise<void> {
  if (ctx.keys.witness.known(0).version(INSTALLATION, item) > 0) return;
  await transact(ctx, async (em) => {
    await work(em);
    onceCommitted(em, { election: INSTALLATION, item, version: 1, tag: '' });
    return ok(null);
  });
}

/** How many participations of this election were authenticated. */
async function authenticate(ctx: Context, em: EntityManager, key: string): Promise<number> {
  let opened: OpenedElection;
  try {
    const found = await genuineRow(ctx, em, key, 'update');
    if (found === null) return 0;
    ({ opened } = found);
  } catch (error) {
    if (error instanceof BoxDamaged) return 0;
    throw error;
  }
  await changeElection(ctx, em, opened, {});
  if (opened.state === 'finalised' || opened.state === 'published') return 0;
  const users = await authenticateParticipations(ctx, em, opened);
  await shareOut(ctx, em, opened, users);
  return users.length;
}

async function authenticateParticipations(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
): Promise<string[]> {
  const rows = await tables(em)
    .selectFrom('participation')
    .innerJoin('roll_binding', (join) =>
      join
        .onRef('roll_binding.election', '=', 'participation.election')
        .onRef('roll_binding.user', '=', 'participation.user'),
    )
    .select([
      'participation.user',
      'kdf',
      'salt',
      'auth_tag',
      'sealed_seed',
      'login',
      'roll_binding.mac as binding',
    ])
    .where('participation.election', '=', opened.id)
    .execute();
  const users: string[] = [];
  for (const row of rows) {
    const { user, login, binding } = row;
    if (binding !== bindingMac(ctx, opened.id, login, user)) continue;
    await tables(em)
      .updateTable('participation')
      .set({ mac: participationMac(ctx, opened.id, user, login, row) })
      .where('election', '=', opened.id)
      .where('user', '=', user)
      .execute();
    users.push(user);
  }
  return users;
}

async function shareOut(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
  users: readonly string[],
): Promise<void> {
  const keys = await ctx.keys.election(opened.id);
  if (keys === null) return;
  const length = recordLength(opened.manifest);
  const rows = await tables(em)
    .selectFrom('ballot_box')
    .select(['shard', 'version', 'sealed'])
    .where('election', '=', opened.id)
    .orderBy('shard')
    .execute();
  const shares = makeShares(
    Math.max(1, rows.length),
    addShares(...users.map((user) => participantShare(ctx, opened.id, user))),
  );
  for (const [index, { shard, version, sealed }] of rows.entries()) {
    const place = { election: opened.id, shard, version };
    if (openShard(keys.boxKey, place, sealed, length) === null) continue;
    await tables(em)
      .updateTable('ballot_box')
      .set({
        participants: sealShares(keys.boxKey, place, { participants: shares[index] ?? 0n, released: null }),
      })
      .where('election', '=', opened.id)
      .where('shard', '=', shard)
      .execute();
  }
}
