import { z } from 'zod';

import { phaseSchema } from '../schemas.ts';
import { placeOf } from '../status/stage.ts';
import { publicProcedure } from '../trpc.ts';

import { personStand, standSchema } from './stand-of.ts';

const output = z.object({
  user: z.object({ login: z.string() }).nullable(),
  /**
   * Whose accounts people sign in with, and where the profiles there are; null where there are none. With `logins`, names that
   * differ in case only are different people's.
   */
  signIn: z.object({
    name: z.string(),
    profiles: z.string().nullable(),
    logins: z.literal('exact').optional(),
  }),
  /** The server's clock, ms: pages count down by it, never by their own. */
  now: z.number(),
  elections: z.array(
    z.object({
      key: z.string(),
      /** Where they stand as long as voting is not over, see `me.stand`; null after it, or when the box cannot tell. */
      stand: standSchema.nullable(),
      voted: z.boolean(),
      officer: z.boolean(),
      phase: phaseSchema,
    }),
  ),
});

/** Who is signed in, and what that means for each election. */
export const getMe = publicProcedure.output(output).query(async ({ ctx }) => {
  const { person } = ctx;
  const [now, rows] = [await ctx.now(), await ctx.standings()];
  const voted = new Set(person ? await ctx.box.allVotedKeys(person) : []);
  const readable = [...(ctx.snapshot()?.elections.values() ?? [])].flatMap(({ election }) => election ?? []);
  const offices = person ? await ctx.box.officesOf(readable, person) : new Set<string>();
  const elections = [];
  for (const election of readable) {
    const { key } = election;
    const { phase } = placeOf(election, rows.get(key), now);
    const asks = person !== null && phase !== 'ended';
    // One whose row somebody else has changed says nothing, beside all others.
    const found = asks ? await personStand(ctx, election, person, now) : null;
    elections.push({
      key,
      stand: found?.ok ? found.value.stand : null,
      voted: voted.has(key),
      officer: offices.has(key),
      phase,
    });
  }
  return { user: person && { login: person.login }, signIn: ctx.signIn, now, elections };
});
