import { z } from 'zod';

import { unwrap } from '../refusal.ts';

import { officerProcedure } from './procedure.ts';

const output = z.object({
  eligible: z.number(),
  /** While open, as of `asOf`; null while nothing may be told. */
  cast: z.number().nullable(),
  /** Ballots counted by `at`, the end of a coarse interval, in steps of at least three. */
  buckets: z.array(z.object({ at: z.number(), cast: z.number() })),
  asOf: z.number().nullable(),
  /** When a new number may be told at the earliest; null when the box is not open. */
  nextAt: z.number().nullable(),
});

/** How many have voted, against time in coarse steps; never who or when. */
export const turnout = officerProcedure.output(output).query(async ({ ctx }) => {
  const told = unwrap(await ctx.box.turnout(ctx.election));
  return { ...told, buckets: [...told.buckets] };
});
