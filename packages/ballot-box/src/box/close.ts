import { hasEnded } from '@elekto/election';
import type { EntityManager, RowLock } from '@elekto/db';
import type { Election, Instant } from '@elekto/election';
import type { Context } from '../context.ts';
import type { Result } from '@elekto/protocol/refusal';
import { SERVER, appendAudit } from '../offices/audit-trail.ts';
import { ok, refuse } from '../result.ts';
import { look, transact } from '../transact.ts';
import { changeElection, electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';

/**
 * Closes an election whose end has passed by the database's clock. Waits for casts that hold the
 * election's lock; none can follow. For good: a later end changes nothing, and nothing else closes one. Refuses with
 * `clock-doubted`, and changes nothing, while that clock is not believed.
 */
export async function close(ctx: Context, election: Pick<Election, 'key'>): Promise<Result<null>> {
  const due = await look(ctx, (em) => overdue(ctx, em, election, 'none'));
  if (!due.ok) return due;
  if (due.value === null) return ok(null);
  // Others are asked for the time while no lock is held.
  const doubt = await ctx.doubt(due.value.now);
  if (doubt !== null) return refuse('clock-doubted', undefined, doubt);
  return transact(ctx, async (em) => {
    const found = await overdue(ctx, em, election, 'update');
    if (!found.ok) return found;
    if (found.value === null) return ok(null);
    const { opened, now } = found.value;
    await changeElection(ctx, em, opened, { state: 'closed', closedAt: now });
    await appendAudit(ctx, em, { key: opened.key, at: now, actor: SERVER, action: 'closed' });
    return ok(null);
  });
}

/** The open row whose end has passed, and the time; null when it is closed already. */
async function overdue(
  ctx: Context,
  em: EntityManager,
  { key }: Pick<Election, 'key'>,
  lock: RowLock,
): Promise<Result<{ readonly opened: OpenedElection; readonly now: Instant } | null>> {
  const opened = await electionRow(ctx, em, key, lock);
  if (opened === null) return refuse('not-open-yet');
  if (opened.state !== 'open') return ok(null);
  const now = await ctx.now(em);
  return hasEnded(opened, now) ? ok({ opened, now }) : refuse('not-ended-yet', opened.closesAt);
}
