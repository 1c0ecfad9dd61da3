import { z } from 'zod';

import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { byKey, receiptSchema } from '../schemas.ts';
import { publicProcedure } from '../trpc.ts';

const output = z.object({
  /** Null: no voter released this record. Unless it is in the box, the server dropped it. */
  shown: z.object({ record: z.string(), newHash: z.string().nullable(), release: z.string() }).nullable(),
});

/**
 * What a voter signed when the ballot of a receipt left the box, once it is closed. The receipt is the key: nobody else can know of the
 * record. A mutation, so that it travels in a body and never in a URL, and nobody has to be signed in.
 */
export const ballotRelease = publicProcedure
  .meta({ limit: 'passphrase' })
  .input(byKey.extend({ receipt: receiptSchema.strict() }))
  .output(output)
  .mutation(async ({ ctx, input }) => {
    const election = await electionOf(ctx, input.key);
    return { shown: unwrap(await ctx.box.shownRelease(election, input.receipt)) };
  });
