import { z } from 'zod';

import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { authKeySchema, byKey } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

/** Hands out the sealed seed to who proves the passphrase. A mutation: attempts are counted. */
export const unlockBallot = personProcedure
  .meta({ limit: 'passphrase' })
  .input(byKey.extend({ authKey: authKeySchema }))
  .output(z.object({ sealedSeed: z.string() }))
  .mutation(async ({ ctx, input }) => {
    const election = await electionOf(ctx, input.key);
    return unwrap(await ctx.box.unlock(election, ctx.person, input.authKey));
  });
