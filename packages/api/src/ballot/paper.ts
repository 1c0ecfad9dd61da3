import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { ballotPaperSchema, byKey } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

/** Everything the voter's browser needs to seal a ballot. */
export const ballotPaper = personProcedure
  .input(byKey)
  .output(ballotPaperSchema)
  .query(async ({ ctx, input }) => {
    const election = await electionOf(ctx, input.key);
    return unwrap(await ctx.box.paper(election, ctx.person));
  });
