import { z } from 'zod';

import { servedSource } from '../elections.ts';
import { unwrap } from '../refusal.ts';

import { officerProcedure } from './procedure.ts';

const input = z.strictObject({
  key: z.string(),
  id: z.string().min(1).max(200),
  /** False takes a confirmation back. */
  strike: z.boolean(),
});

/** Confirms that a candidate who withdrew after the first ballot is counted without. Until the close. */
export const strike = officerProcedure
  .input(input)
  .output(z.object({}))
  .mutation(async ({ ctx, input: { id, strike: confirmed } }) => {
    const decision = { id, strike: confirmed };
    unwrap(await ctx.box.decideStrike(ctx.election, ctx.person, decision, servedSource(ctx)));
    return {};
  });
