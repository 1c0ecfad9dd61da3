import { z } from 'zod';

import { unwrap } from '../refusal.ts';
import { keySchema } from '../schemas.ts';
import { publicProcedure } from '../trpc.ts';

/** What the ballots of an election are sealed for, as canonical JSON: whoever counts it compares that with the repository. */
export const boardManifest = publicProcedure
  .input(z.strictObject({ election: keySchema }))
  .output(z.string())
  .query(async ({ ctx, input: { election } }) => unwrap(await ctx.box.pinnedManifest(election)));
