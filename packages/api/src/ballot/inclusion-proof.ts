import { z } from 'zod';

import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { byKey } from '../schemas.ts';
import { publicProcedure } from '../trpc.ts';

/** 16 bytes, hex in lower case. */
const trackerSchema = z.string().regex(/^[0-9a-f]{32}$/);

const output = z.object({
  /** Null when no counted ballot stands under the tracker, or the election gives no receipts. */
  proof: z
    .object({
      tracker: z.string(),
      ranks: z.array(z.number()).readonly(),
      index: z.number(),
      size: z.number(),
      path: z.array(z.string()).readonly(),
      root: z.string(),
    })
    .nullable(),
});

/**
 * Proof that one ballot is among those counted, for elections that do not publish their ballots. The tracker
 * is the key: only who opened the seed with the passphrase has it. Nobody has to be signed in, so a page can
 * ask without saying who asks. A mutation, so that the tracker travels in a body and never in a URL.
 */
export const inclusionProof = publicProcedure
  .meta({ limit: 'passphrase' })
  .input(byKey.extend({ tracker: trackerSchema }))
  .output(output)
  .mutation(async ({ ctx, input }) => {
    const election = await electionOf(ctx, input.key);
    return { proof: unwrap(await ctx.box.inclusionProof(election, input.tracker)) };
  });
