import { z } from 'zod';

import { unwrap } from '../refusal.ts';

import { officerProcedure } from './procedure.ts';

const output = z.object({
  eligible: z.number(),
  /** Null while below three. */
  cast: z.number().nullable(),
  /** Ballots cast by the end of each bucket; buckets of fewer than three are merged into the next. */
  buckets: z.array(z.object({ at: z.number(), cast: z.number() })),
});

/** How many have voted, against time in coarse buckets; never who or when. */
export const turnout = officerProcedure.output(output).query(async ({ ctx }) => {
  const { eligible, cast, buckets } = unwrap(await ctx.box.turnout(ctx.election));
  return { eligible, cast, buckets: [...buckets] };
});
