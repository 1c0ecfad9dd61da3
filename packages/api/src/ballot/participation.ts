import { z } from 'zod';

import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { byKey } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

const output = z.object({
  voted: z.boolean(),
  /** They had voted before voting was started anew; that ballot is void. */
  voided: z.boolean().optional(),
  unlock: z.object({ kdf: z.number(), salt: z.string() }).nullable(),
});

/** Whether this person has voted, and the salt to derive the keys from their passphrase. */
export const ballotParticipation = personProcedure
  .input(byKey)
  .output(output)
  .query(async ({ ctx, input }) => {
    const election = await electionOf(ctx, input.key);
    return unwrap(await ctx.box.participation(election, ctx.person));
  });
