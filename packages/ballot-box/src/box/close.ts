import type { EntityManager } from '@elekto/db';
import type { Election, Instant } from '@elekto/election';
import type { Context } from '../context.ts';
import type { Result } from '@elekto/protocol/refusal';
import { SERVER, appendAudit } from '../offices/audit-trail.ts';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import { changeElection, electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';

/**
 * Closes an election whose end has passed by the database's clock. Waits for casts that hold the
 * election's lock; none can follow. For good: a later end changes nothing.
 */
export function close(ctx: Context, election: Pick<Election, 'key'>): Promise<Result<null>> {
  return transact(ctx, async (em) => {
    const opened = await electionRow(ctx, em, election.key, 'update');
    if (opened === null) return refuse('not-open-yet');
    if (opened.state !== 'open') return ok(null);
    const now = await ctx.now(em);
    if (now <= opened.closesAt) return refuse('not-ended-yet', opened.closesAt);
    await closeRow(ctx, em, opened, now);
    return ok(null);
  });
}

/** Marks a row as closed; the caller holds its lock and has checked the time. */
export async function closeRow(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
  now: Instant,
): Promise<OpenedElection> {
  const closed = await changeElection(ctx, em, opened, { state: 'closed', closedAt: now });
  await appendAudit(ctx, em, { key: opened.key, at: now, actor: SERVER, action: 'closed' });
  return closed;
}
