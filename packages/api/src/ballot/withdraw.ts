import { z } from 'zod';

import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { authKeySchema, byKey, placeSchema, releaseSchema } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

/** Takes the ballot back without a new one: the voter has then not voted. */
export const withdrawBallot = personProcedure
  .meta({ limit: 'cast' })
  .input(byKey.extend({ authKey: authKeySchema, ...placeSchema.shape, release: releaseSchema }))
  .output(z.object({}))
  .mutation(async ({ ctx, input: { key, ...proof } }) => {
    const election = await electionOf(ctx, key);
    unwrap(await ctx.box.withdraw(election, ctx.person, proof));
    return {};
  });
