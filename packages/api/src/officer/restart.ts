import { z } from 'zod';

import { boardSourceOf } from '../board/source.ts';
import { servedSnapshot, servedSource } from '../elections.ts';
import { unwrap } from '../refusal.ts';

import { officerProcedure } from './procedure.ts';

const output = z.object({ step: z.enum(['asked', 'restarted']) });

/**
 * Asks that voting starts anew with the present files, which voids every ballot cast so far. Another officer has to
 * confirm it; where there is only one officer it is done at once.
 */
export const askRestart = officerProcedure.output(output).mutation(async ({ ctx }) => ({
  step: unwrap(
    await ctx.box.askRestart(
      ctx.election,
      ctx.person,
      servedSource(ctx),
      boardSourceOf(servedSnapshot(ctx), ctx.election.key),
    ),
  ),
}));

/** Confirms what another officer has asked for, and does it. */
export const confirmRestart = officerProcedure.output(output).mutation(async ({ ctx }) => ({
  step: unwrap(
    await ctx.box.confirmRestart(
      ctx.election,
      ctx.person,
      servedSource(ctx),
      boardSourceOf(servedSnapshot(ctx), ctx.election.key),
    ),
  ),
}));

/** Takes the wish to start voting anew back; any officer may. */
export const cancelRestart = officerProcedure.output(z.object({})).mutation(async ({ ctx }) => {
  unwrap(await ctx.box.cancelRestart(ctx.election, ctx.person));
  return {};
});
