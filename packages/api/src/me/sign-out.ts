import { z } from 'zod';

import { publicProcedure } from '../trpc.ts';

/** Ends this session; harmless when there is none. */
export const signOut = publicProcedure.output(z.object({})).mutation(async ({ ctx }) => {
  await ctx.signOut();
  return {};
});
