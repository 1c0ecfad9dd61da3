import { z } from 'zod';

import { unwrap } from '../refusal.ts';
import { officerRequest, toOfficer } from './officer-request.ts';
import { officerProcedure } from './procedure.ts';

/** The exception requests of one election, oldest first. */
export const listExceptions = officerProcedure
  .output(z.array(officerRequest))
  .query(async ({ ctx }) =>
    unwrap(await ctx.box.listExceptions(ctx.election, ctx.person)).map((request) =>
      toOfficer(request, ctx.person),
    ),
  );
