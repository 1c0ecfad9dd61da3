import { hasEnded } from '@elekto/election';
import { randomBytes } from 'node:crypto';
import type { Election, Instant } from '@elekto/election';
import type { Context } from '../context.ts';
import type { BoxState } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { SERVER, appendAudit } from '../offices/audit-trail.ts';
import { ok, refuse } from '../result.ts';
import { look, transact } from '../transact.ts';
import type { DefinitionSource } from './definition-source.ts';
import { electionRow } from './election-row.ts';
import { followDefinition, isNews } from './follow-definition.ts';
import { newBox } from './new-box.ts';
import { forgetKeys } from './remove-box.ts';
import { firstRoll } from './roll.ts';
import { isReadyToOpen } from './waiting.ts';

/**
 * Opens an election once its start has passed by the database's clock and candidates and a roll are there
 * and, where officers keep its key, enough of them have shown that they hold their shares (`waiting` until then, without keys), and makes the row of one that is open follow a newer definition:
 * see `followDefinition`. Safe to call from several servers and as often as liked; a definition whose fetch
 * began earlier than that of the row changes nothing.
 */
export async function ensureOpened(
  ctx: Context,
  election: Election,
  source: DefinitionSource,
): Promise<Result<BoxState>> {
  const found = await look(ctx, async (em) => ok(await electionRow(ctx, em, election.key)));
  if (!found.ok) return found;
  const known = found.value;
  if (known !== null) {
    return isNews(known, source) ? followDefinition(ctx, election, source) : ok(known.state);
  }
  const early = await look(ctx, async (em) => tooEarlyOrLate(await ctx.now(em), election));
  if (!early.ok) return early;
  const ready = await isReadyToOpen(ctx, election);
  return ready.ok ? open(ctx, election, source) : ready;
}

async function open(ctx: Context, election: Election, source: DefinitionSource): Promise<Result<BoxState>> {
  const id = randomBytes(16).toString('hex');
  await ctx.keys.create(id);
  const opened = await transact(ctx, async (em) => {
    const now = await ctx.now(em);
    const time = tooEarlyOrLate(now, election);
    if (!time.ok) return time;
    const { key, opensAt, closesAt } = election;
    const box = { id, key, opensAt, closesAt, roll: firstRoll(election) };
    if (!(await newBox(ctx, em, election, source, box))) return refuse('conflict');
    await appendAudit(ctx, em, {
      key: election.key,
      at: now,
      actor: SERVER,
      action: 'opened',
      detail: `at commit ${source.commit}`,
    });
    return ok<BoxState>('open');
  });
  // Where it rejects, nobody knows whether it was committed: the keys stay.
  if (opened.ok) return opened;
  forgetKeys(ctx, id);
  return opened.error.kind === 'conflict' ? ensureOpened(ctx, election, source) : opened;
}

function tooEarlyOrLate(now: Instant, election: Election): Result<null> {
  if (now < election.opensAt) return refuse('not-open-yet', election.opensAt);
  if (hasEnded(election, now)) return refuse('already-closed', election.closesAt);
  return ok(null);
}
