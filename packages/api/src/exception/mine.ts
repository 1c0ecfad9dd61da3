import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { byKey, exceptionRequestSchema } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

/** The person's own request and what was decided; null when there is none. */
export const myException = personProcedure
  .input(byKey)
  .output(exceptionRequestSchema.nullable())
  .query(async ({ ctx, input }) => {
    const election = await electionOf(ctx, input.key);
    return unwrap(await ctx.box.myException(election, ctx.person));
  });
