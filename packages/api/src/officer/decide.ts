import { z } from 'zod';

import { unwrap } from '../refusal.ts';
import { EXCEPTION_STATUSES, LONGEST_NOTE } from '../schemas.ts';

import { officerRequest, toOfficer } from './officer-request.ts';
import { officerProcedure } from './procedure.ts';

const input = z.strictObject({
  key: z.string(),
  id: z.string().min(1).max(64),
  /** The version the officer saw; a newer one in the database is a `conflict`. */
  version: z.int().min(0),
  status: z.enum(EXCEPTION_STATUSES),
  note: z.string().trim().max(LONGEST_NOTE),
});

/** Decides an exception request; with `approvals: 2` proposes it to another officer first, which the answer says. */
export const decideException = officerProcedure
  .input(input)
  .output(officerRequest)
  .mutation(async ({ ctx, input: { id, version, status, note } }) =>
    toOfficer(
      unwrap(await ctx.box.decideException(ctx.election, ctx.person, { id, version, status, note })),
      ctx.person,
    ),
  );
