import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import {
  authKeySchema,
  byKey,
  placeSchema,
  receiptAnswer,
  releaseSchema,
  sealedCastSchema,
} from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

const input = byKey.extend({
  authKey: authKeySchema,
  old: placeSchema,
  cast: sealedCastSchema,
  release: releaseSchema,
});

/** Puts a new ballot in the place of the old one, in one step: there is no moment without a vote. */
export const replaceBallot = personProcedure
  .meta({ limit: 'cast' })
  .input(input)
  .output(receiptAnswer)
  .mutation(async ({ ctx, input: { key, ...change } }) => {
    const election = await electionOf(ctx, key);
    return unwrap(await ctx.box.replace(election, ctx.person, change));
  });
