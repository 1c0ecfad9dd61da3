import { opens } from '@elekto/election';
import type { Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { isQuorumReady } from '../board/readiness.ts';
import type { Context } from '../context.ts';
import { refuse } from '../result.ts';

/**
 * Refuses with `waiting`, and the reason as `why`, while its files do not allow an election to open, or too few officers of
 * its board have shown that they hold their shares. Ask it outside of transactions.
 */
export async function isReadyToOpen(ctx: Pick<Context, 'db'>, election: Election): Promise<Result<null>> {
  const { waiting } = opens(election);
  return waiting === null ? isQuorumReady(ctx, election) : refuse('waiting', undefined, waiting);
}
