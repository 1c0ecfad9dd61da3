import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { isOfficer } from '@elekto/election';
import type { Election, ElectionKey, Instant } from '@elekto/election';
import type { Context } from '../context.ts';
import type { AuditEvent, Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { hashOf } from '@elekto/wire';

/** The hash before the first event. */
const GENESIS = '0'.repeat(64);

/** Who acts when no officer does. */
export const SERVER = 'server';

interface Chained {
  readonly seq: number;
  readonly election_key: string;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly detail: string;
}

const chain = (previous: string, event: Chained): string =>
  hashOf(
    'elekto/audit/1',
    previous,
    String(event.seq),
    event.election_key,
    String(event.at),
    event.actor,
    event.action,
    event.detail,
  );

/**
 * Appends an officer's, the sync's or the server's action. Never call it for what a voter does.
 * Two appends at once meet on `seq`; the loser's transaction fails as `unique` and is tried again by hand.
 */
export async function appendAudit(
  em: EntityManager,
  event: { key: ElectionKey; at: Instant; actor: string; action: string; detail?: string },
): Promise<void> {
  const last = await tables(em)
    .selectFrom('audit_event')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const previous = last?.hash ?? GENESIS;
  const row = {
    seq: (last?.seq ?? 0) + 1,
    election_key: event.key,
    at: event.at,
    actor: event.actor,
    action: event.action,
    detail: event.detail ?? '',
  };
  await tables(em)
    .insertInto('audit_event')
    .values({ ...row, prev_hash: previous, hash: chain(previous, row) })
    .execute();
}

/** The events of an election, oldest first, for its officers. */
export async function audit(
  ctx: Context,
  election: Election,
  officer: Person,
): Promise<Result<AuditEvent[]>> {
  if (!isOfficer(election, officer.login)) return refuse('not-officer');
  const rows = await ctx.db.read((em) =>
    tables(em)
      .selectFrom('audit_event')
      .selectAll()
      .where('election_key', '=', election.key)
      .orderBy('seq')
      .execute(),
  );
  return ok(
    rows.map(({ seq, at, actor, action, detail, hash }) => ({
      seq,
      at: Number(at),
      actor,
      action,
      detail,
      hash,
    })),
  );
}

/** The number of the first event that does not continue the chain; null when the whole trail is intact. */
export async function brokenAuditEvent(ctx: Pick<Context, 'db'>): Promise<number | null> {
  const rows = await ctx.db.read((em) =>
    tables(em).selectFrom('audit_event').selectAll().orderBy('seq').execute(),
  );
  let previous = GENESIS;
  for (const [index, row] of rows.entries()) {
    const event = { ...row, at: Number(row.at) };
    if (row.seq !== index + 1 || row.prev_hash !== previous || row.hash !== chain(previous, event))
      return row.seq;
    previous = row.hash;
  }
  return null;
}
