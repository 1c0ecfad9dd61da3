import { z } from 'zod';

import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { byKey, exceptionRequestSchema, LONGEST_NOTE } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

const input = byKey.extend({
  /** The version of the request that is answered; another one in the database is a `conflict`. */
  version: z.int().min(0),
  text: z.string().trim().min(1).max(LONGEST_NOTE),
});

/** Answers officers who asked for more. */
export const replyException = personProcedure
  .meta({ limit: 'exception' })
  .input(input)
  .output(exceptionRequestSchema)
  .mutation(async ({ ctx, input: { key, ...reply } }) => {
    const election = await electionOf(ctx, key);
    return unwrap(await ctx.box.replyException(election, ctx.person, reply));
  });
