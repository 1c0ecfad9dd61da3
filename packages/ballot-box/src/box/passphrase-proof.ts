import { putRow, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Instant } from '@elekto/election';
import type { Context } from '../context.ts';
import type { Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { fromBase64Url } from '@elekto/wire';
import { SIZES } from '@elekto/protocol/ballot';
import type { OpenedElection } from './election-row.ts';
import { findParticipation, provesPassphrase } from './participation.ts';
import type { Taken } from './participation.ts';

/** Wrong passphrases allowed in a window, per voter and election. */
const MOST_FAILURES = 10;
/** The window, in ms: coarse, so that the stored number tells little; and only failures are stored. */
const WINDOW = 60 * 60 * 1000;

/** Refusals that must be committed: they count an attempt. */
export const countsAttempt = (result: Result<unknown>): boolean =>
  result.ok || result.error.kind === 'wrong-passphrase';

/**
 * The voter's participation, locked, if one of the auth keys is right. A wrong one is counted; after ten within an
 * hour even the right one is refused until the hour is over. The caller's transaction must be kept when
 * this refuses with `wrong-passphrase` (see `countsAttempt`).
 */
export async function provePassphrase(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
  person: Person,
  ...authKeys: readonly string[]
): Promise<Result<{ taken: Taken; link: Buffer; proven: string }>> {
  const taken = await findParticipation(ctx, em, opened, person.userId, true);
  if (taken === null) return refuse('not-voted');
  const link = ctx.keys.link(opened.id);
  if (link === null) return refuse('link-destroyed');
  const now = await ctx.now(em);
  const window = Math.floor(now / WINDOW);
  const failures = await failuresIn(em, opened.id, person.userId, window);
  if (failures >= MOST_FAILURES) return refuse('too-many-attempts', secondsLeft(now, window));
  for (const proven of authKeys) {
    const key = fromBase64Url(String(proven), SIZES.authKey);
    if (key !== null && provesPassphrase(taken, link, opened.id, person.userId, key))
      return ok({ taken, link, proven });
  }
  await noteFailure(em, opened.id, person.userId, window, failures + 1);
  return refuse('wrong-passphrase');
}

const secondsLeft = (now: Instant, window: number): number => Math.ceil(((window + 1) * WINDOW - now) / 1000);

async function failuresIn(
  em: EntityManager,
  election: string,
  user: string,
  window: number,
): Promise<number> {
  const row = await tables(em)
    .selectFrom('unlock_failure')
    .select(['window_no', 'failures'])
    .where('election', '=', election)
    .where('user', '=', user)
    .executeTakeFirst();
  return row !== undefined && row.window_no === window ? row.failures : 0;
}

async function noteFailure(
  em: EntityManager,
  election: string,
  user: string,
  window: number,
  failures: number,
): Promise<void> {
  await putRow(em, 'unlock_failure', ['election', 'user'], { election, user, window_no: window, failures });
}
