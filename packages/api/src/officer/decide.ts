import { z } from 'zod';

import { unwrap } from '../refusal.ts';
import { EXCEPTION_STATUSES, exceptionRequestSchema, LONGEST_NOTE } from '../schemas.ts';

import { officerProcedure } from './procedure.ts';

const input = z.strictObject({
  key: z.string(),
  id: z.string().min(1).max(64),
  /** The version the officer saw; a newer one in the database is a `conflict`. */
  version: z.int().min(0),
  status: z.enum(EXCEPTION_STATUSES),
  note: z.string().trim().max(LONGEST_NOTE),
});

/** Decides an exception request. */
export const decideException = officerProcedure
  .input(input)
  .output(exceptionRequestSchema)
  .mutation(async ({ ctx, input: { id, version, status, note } }) =>
    unwrap(await ctx.box.decideException(ctx.election, ctx.person, { id, version, status, note })),
  );
