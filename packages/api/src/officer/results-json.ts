import { z } from 'zod';

import { unwrap } from '../refusal.ts';

import { officerProcedure } from './procedure.ts';

/** results.json: manifest, matrix, places, root and signature, for `elekto verify`. Only after the close. */
export const resultsJson = officerProcedure
  .output(z.string())
  .query(async ({ ctx }) => unwrap(await ctx.box.resultsJson(ctx.election, ctx.person)));
