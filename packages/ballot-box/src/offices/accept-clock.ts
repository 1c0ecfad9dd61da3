import type { Instant } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import type { Context } from '../context.ts';
import { CLOCK_NOTE, notesIn } from '../notes.ts';
import { ok } from '../result.ts';
import { transact } from '../transact.ts';
import { appendAudit } from './audit-trail.ts';

/**
 * Says on an operator's word that the database's clock is right: servers believe it for an hour. The time that it says,
 * ms. In the record before anybody believes it.
 */
export async function acceptClock(ctx: Context, actor: string): Promise<Result<Instant>> {
  const recorded = await transact(ctx, async (em) => {
    const at = await ctx.now(em);
    await appendAudit(ctx, em, { key: '', at, actor, action: 'clock-accepted' });
    return ok(at);
  });
  if (recorded.ok) await notesIn(ctx).write(CLOCK_NOTE, String(recorded.value));
  return recorded;
}
