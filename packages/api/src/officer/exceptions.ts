import { z } from 'zod';

import { unwrap } from '../refusal.ts';
import { exceptionRequestSchema } from '../schemas.ts';

import { officerProcedure } from './procedure.ts';

/** The exception requests of one election, oldest first. */
export const listExceptions = officerProcedure
  .output(z.array(exceptionRequestSchema))
  .query(async ({ ctx }) => [...unwrap(await ctx.box.listExceptions(ctx.election, ctx.person))]);
