import { opens } from '@elekto/election';
import type { Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { isQuorumReady } from '../board/readiness.ts';
import type { Context } from '../context.ts';
import { ok, refuse } from '../result.ts';

/** Refuses with `waiting` while its files do not allow an election to open; `why` is the reason. */
export function mayOpen(
  { countsByOfficers }: Pick<Context, 'countsByOfficers'>,
  election: Parameters<typeof opens>[0],
): Result<null> {
  const { waiting } = opens(election);
  return waiting === null || (waiting === 'custody-not-counted' && countsByOfficers)
    ? ok(null)
    : refuse('waiting', undefined, waiting);
}

/** As `mayOpen`, and while too few officers of its board have shown that they hold their shares. Ask it outside of transactions. */
export async function isReadyToOpen(
  ctx: Pick<Context, 'countsByOfficers' | 'db'>,
  election: Election,
): Promise<Result<null>> {
  const may = mayOpen(ctx, election);
  return may.ok ? isQuorumReady(ctx, election) : may;
}
