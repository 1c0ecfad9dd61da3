import { z } from 'zod';

import { unwrap } from '../refusal.ts';

import { officerProcedure } from './procedure.ts';

/** ballots.csv in Elekto's format, rows in an order unrelated to casting. Only after the close. */
export const ballotsCsv = officerProcedure
  .output(z.string())
  .query(async ({ ctx }) => unwrap(await ctx.box.ballotsCsv(ctx.election, ctx.person)));
