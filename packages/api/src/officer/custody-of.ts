import type { Standing } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import { z } from 'zod';

import { holdersOf } from '../board/holders.ts';
import type { ApiContext } from '../context.ts';
import { servedSnapshot } from '../elections.ts';

/** How many officers hold the key between them, how many of them it takes, and how many have shown that they hold their shares. */
export const custodySchema = z.object({
  officers: z.number(),
  threshold: z.number(),
  ready: z.number(),
  alive: z.number(),
});

/** Null where the server holds the key, or nobody does yet. */
export async function custodyOf(
  ctx: Pick<ApiContext, 'box' | 'snapshot'>,
  election: Pick<Election, 'key' | 'custody'>,
  row: Standing | undefined,
): Promise<z.infer<typeof custodySchema> | null> {
  const holders = holdersOf(servedSnapshot(ctx).custody, election, row);
  if (holders === null) return null;
  const { officers, threshold, board } = holders;
  if (board === null) return { officers, threshold, ready: 0, alive: 0 };
  const alive = await ctx.box.aliveOfficers(board, election.key);
  return {
    officers,
    threshold,
    ready: (await ctx.box.readyOfficers(board, election.key)).length,
    alive: alive.ok ? alive.value.length : 0,
  };
}
