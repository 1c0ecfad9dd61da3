import { z } from 'zod';

import { unwrap } from '../refusal.ts';

import { officerProcedure } from './procedure.ts';

const event = z.object({
  seq: z.number(),
  at: z.number(),
  /** A login, or `server`. */
  actor: z.string(),
  action: z.string(),
  detail: z.string(),
  hash: z.string(),
});

/** What officers and the synchronisation did, in a hash chain; never anything a voter did. */
export const audit = officerProcedure
  .output(z.array(event))
  .query(async ({ ctx }) => [...unwrap(await ctx.box.audit(ctx.election, ctx.person))]);
