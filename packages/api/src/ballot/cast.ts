import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { byKey, receiptAnswer, sealedCastSchema } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

/** Stores a sealed ballot. The same handle again answers the same receipt, so a lost answer can be asked for again. */
export const castBallot = personProcedure
  .meta({ limit: 'cast' })
  .input(byKey.extend({ cast: sealedCastSchema }))
  .output(receiptAnswer)
  .mutation(async ({ ctx, input }) => {
    const election = await electionOf(ctx, input.key);
    return unwrap(await ctx.box.cast(election, ctx.person, input.cast));
  });
