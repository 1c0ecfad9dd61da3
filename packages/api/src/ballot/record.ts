import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { authKeySchema, byKey, placeSchema, storedRecordSchema } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

/** The voter's own sealed record. A mutation, so that handle and key travel in a body and never in a URL. */
export const fetchRecord = personProcedure
  .meta({ limit: 'passphrase' })
  .input(byKey.extend({ authKey: authKeySchema, ...placeSchema.shape }))
  .output(storedRecordSchema)
  .mutation(async ({ ctx, input: { key, ...proof } }) => {
    const election = await electionOf(ctx, key);
    return unwrap(await ctx.box.fetchRecord(election, ctx.person, proof));
  });
