import { z } from 'zod';

import { electionOf } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { byKey } from '../schemas.ts';
import { placeOf } from '../status/stage.ts';
import { publicProcedure } from '../trpc.ts';

import { linksSchema, personStand, standSchema } from './stand-of.ts';

const output = z.object({
  user: z.object({ login: z.string() }).nullable(),
  /** Null when nobody is signed in. */
  stand: standSchema.nullable(),
  /** Until when a passphrase leads to a ballot; null when nobody is signed in. */
  links: linksSchema.nullable(),
  /** What casting goes by, ms. */
  opensAt: z.number(),
  closesAt: z.number(),
  exceptionsDueAt: z.number(),
});

/** Where the person who asks stands with one election, and their next step. */
export const getStand = publicProcedure
  .input(byKey)
  .output(output)
  .query(async ({ ctx, input }) => {
    const election = await electionOf(ctx, input.key);
    const now = await ctx.now();
    const { opensAt, closesAt } = placeOf(election, (await ctx.standings()).get(input.key), now);
    const dates = { opensAt, closesAt, exceptionsDueAt: election.exceptionsDueAt };
    if (!ctx.person) return { user: null, stand: null, links: null, ...dates };
    const { stand, facts } = unwrap(await personStand(ctx, election, ctx.person, now));
    return { user: { login: ctx.person.login }, stand, links: facts.links, ...dates };
  });
