import { z } from 'zod';

import { unwrap } from '../refusal.ts';

import { officerProcedure } from './procedure.ts';

const input = z.strictObject({
  key: z.string(),
  /** The candidates of the boundary tie who take the remaining seats. */
  winners: z.array(z.string().min(1).max(200)).min(1).max(500),
  /** How it was decided, in a sentence: "drawn by lot in the meeting of 4 October". */
  how: z.string().trim().min(1).max(1000),
});

/** Writes down how a tie at the last seat was decided; with `approvals: 2` proposes it to another officer first. */
export const recordTieDecision = officerProcedure
  .input(input)
  .output(z.object({ step: z.enum(['proposed', 'decided']) }))
  .mutation(async ({ ctx, input: { winners, how } }) => ({
    step: unwrap(await ctx.box.recordTieDecision(ctx.election, ctx.person, { winners, how })),
  }));
