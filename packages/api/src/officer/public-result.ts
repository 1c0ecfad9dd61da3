import type { PublishedResult } from '@elekto/protocol/published';
import { z } from 'zod';

import { publishedOf } from '../status/published.ts';
import { placeOf } from '../status/stage.ts';

import { officerProcedure } from './procedure.ts';

/** What the public is told of the result, by the files in the repository and the ballot box; with the recount. */
export const publicResult = officerProcedure
  .output(z.custom<PublishedResult>((value) => typeof value === 'object' && value !== null))
  .query(async ({ ctx }) => {
    const { election } = ctx;
    const row = (await ctx.standings()).get(election.key);
    return publishedOf(ctx, election, placeOf(election, row, await ctx.now()));
  });
