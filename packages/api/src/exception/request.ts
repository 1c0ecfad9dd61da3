import { z } from 'zod';

import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { byKey, exceptionRequestSchema, LONGEST_NOTE } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

const input = byKey.extend({
  name: z.string().trim().min(1).max(200),
  email: z.string().trim().min(3).max(320),
  reason: z.string().trim().min(1).max(LONGEST_NOTE),
});

/** Asks the officers to be allowed to vote. */
export const requestException = personProcedure
  .meta({ limit: 'exception' })
  .input(input)
  .output(exceptionRequestSchema)
  .mutation(async ({ ctx, input: { key, ...request } }) => {
    const election = await electionOf(ctx, key);
    return unwrap(await ctx.box.requestException(election, ctx.person, request));
  });
