import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Election, ElectionKey, Instant } from '@elekto/election';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import { INSTALLATION } from '../keys/witness.ts';
import type { Fact } from '../keys/witness.ts';
import type { AuditEvent, Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok } from '../result.ts';
import { onceCommitted } from '../transact.ts';
import { hashOf } from '@elekto/wire';
import { takeOffice } from './office.ts';

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

const fieldsOf = (previous: string, event: Chained): string[] => [
  previous,
  String(event.seq),
  event.election_key,
  String(event.at),
  event.actor,
  event.action,
  event.detail,
];

/** Under a key outside the database: who can write rows continues no record with it. 43 characters. */
const keyedHash = (ctx: Pick<Context, 'keys'>, previous: string, event: Chained): string =>
  ctx.keys.mac('elekto/audit/2', ...fieldsOf(previous, event));

/** As events were chained before there was a key to it; 64 characters. The first keyed event vouches for them. */
const plainHash = (previous: string, event: Chained): string =>
  hashOf('elekto/audit/1', ...fieldsOf(previous, event));

const isKeyed = (hash: string): boolean => hash.length === 43;

const factOf = ({ seq, hash }: { seq: number; hash: string }): Fact => ({
  election: INSTALLATION,
  item: 'trail',
  version: seq,
  tag: hash.slice(0, 16),
});

/** The event by which an operator goes on with a record that has a gap; the only one that may skip numbers. */
export const RESTORE_ACCEPTED = 'restore-accepted';

/**
 * Appends an officer's, the sync's or the server's action. Never call it for what a voter does.
 * Two appends at once meet on `seq`; the loser's transaction fails as `unique` and is run again.
 *
 * @throws BoxDamaged when the record was set back, so that nothing is written over what is missing; an
 * operator's `restore-accepted` goes on after it.
 */
export async function appendAudit(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  event: { key: ElectionKey; at: Instant; actor: string; action: string; detail?: string },
): Promise<void> {
  const known = ctx.keys.witness.known();
  const last = await tables(em)
    .selectFrom('audit_event')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const found = factOf(last ?? { seq: 0, hash: GENESIS });
  const accepted = event.action === RESTORE_ACCEPTED;
  if (!accepted && known.staleness(found) !== null) throw new BoxDamaged(CUT);
  const previous = last?.hash ?? GENESIS;
  const row = {
    seq: (accepted ? Math.max(found.version, known.version(INSTALLATION, 'trail')) : found.version) + 1,
    election_key: event.key,
    at: event.at,
    actor: event.actor,
    action: event.action,
    detail: event.detail ?? '',
  };
  const hash = keyedHash(ctx, previous, row);
  await tables(em)
    .insertInto('audit_event')
    .values({ ...row, prev_hash: previous, hash })
    .execute();
  onceCommitted(em, factOf({ seq: row.seq, hash }));
}

const CUT = 'the record of what officers and the server did lacks its last events (restored from a backup?)';

/** The events of an election, oldest first, for its officers. */
export async function audit(
  ctx: Context,
  election: Election,
  officer: Person,
): Promise<Result<AuditEvent[]>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
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

/** `record-altered`: an event is not as it was written; `record-cut`: the last ones are missing. */
export interface RecordProblem {
  readonly kind: 'record-altered' | 'record-cut';
  /** Of the first event that is wrong or missing. */
  readonly seq: number;
  readonly message: string;
}

/**
 * What is wrong with the record of all elections; null when it is as the server wrote it, to the last event.
 * What an operator has accepted with a restore is not told again.
 */
export async function recordProblem(ctx: Pick<Context, 'db' | 'keys'>): Promise<RecordProblem | null> {
  const known = ctx.keys.witness.known(0);
  const rows = await ctx.db.read((em) =>
    tables(em).selectFrom('audit_event').selectAll().orderBy('seq').execute(),
  );
  const events = rows.map((row) => ({ ...row, at: Number(row.at) }));
  const isGenuine = (event: (typeof events)[number]): boolean =>
    event.hash === keyedHash(ctx, event.prev_hash, event);
  const from = events.findLastIndex((event) => event.action === RESTORE_ACCEPTED && isGenuine(event));
  let previous = events[from]?.hash ?? GENESIS;
  let seq = events[from]?.seq ?? 0;
  let keyed = from >= 0;
  for (const event of events.slice(from + 1)) {
    keyed ||= isKeyed(event.hash);
    const genuine = keyed ? isGenuine(event) : event.hash === plainHash(previous, event);
    if (event.seq !== seq + 1 || event.prev_hash !== previous || !genuine) return altered(seq + 1);
    previous = event.hash;
    seq = event.seq;
  }
  // A record without a keyed event could be anybody's.
  if (seq > 0 && !keyed) return altered(seq);
  const staleness = known.staleness(factOf({ seq, hash: previous }));
  if (staleness === 'older') return { kind: 'record-cut', seq: seq + 1, message: CUT };
  return staleness === 'other' ? altered(seq) : null;
}

const altered = (seq: number): RecordProblem => ({
  kind: 'record-altered',
  seq,
  message: `event ${seq} of the record of what officers and the server did was altered`,
});
