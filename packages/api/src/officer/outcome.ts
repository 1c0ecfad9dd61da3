import type { Outcome } from '@elekto/tally';
import { z } from 'zod';

import { unwrap } from '../refusal.ts';
import { boxStateSchema, manifestSchema } from '../schemas.ts';

import { officerProcedure } from './procedure.ts';

export const tieDecisionSchema = z.object({
  winners: z.array(z.string()).readonly(),
  how: z.string(),
  by: z.string(),
  at: z.number(),
});

/** What stands in a result, of an election or of a rehearsal. */
export const outcomeSchema = z.object({
  state: boxStateSchema,
  manifest: manifestSchema,
  manifestHash: z.string(),
  /** As `elekto tally --format json` prints it. */
  outcome: z.custom<Outcome>((value) => typeof value === 'object' && value !== null),
  cast: z.number(),
  eligible: z.number(),
  closedAt: z.number(),
  /** Merkle root over the ballots, hex, and the server's Ed25519 signature of the result. */
  root: z.string(),
  signature: z.string(),
  publicKey: z.string(),
  /** In the order they were taken. */
  tieDecisions: z.array(tieDecisionSchema).readonly(),
  publishedAt: z.number().nullable(),
});

/** The full result; refuses `not-ended-yet` and `not-closed-yet` before it exists. */
export const outcome = officerProcedure
  .output(outcomeSchema)
  .query(async ({ ctx }) => unwrap(await ctx.box.outcome(ctx.election, ctx.person)));
