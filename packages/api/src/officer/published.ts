import { z } from 'zod';

import { unwrap } from '../refusal.ts';

import { officerProcedure } from './procedure.ts';

/** Records that the result stands in the meta repository; with `delete_after` the links to voters are destroyed two weeks later. */
export const markPublished = officerProcedure.output(z.object({})).mutation(async ({ ctx }) => {
  unwrap(await ctx.box.markPublished(ctx.election, ctx.person));
  return {};
});
