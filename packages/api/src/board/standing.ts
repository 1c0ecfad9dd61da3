import { BOARD_PHASES } from '@elekto/ballot-box';
import { z } from 'zod';

import { unwrap } from '../refusal.ts';
import { keySchema } from '../schemas.ts';

import { countProcedure } from './procedure.ts';

export const boardStandingSchema = z.object({
  phase: z.enum(BOARD_PHASES),
  /** SHA-256 of the box, hex; null until the server has laid it out. */
  boxHash: z.string().nullable(),
  onBranch: z.boolean(),
  /** ms; null while the hash is not on the branch. */
  inspectedUntil: z.number().nullable(),
  /** Other boxes of this run on the branch: none of them may be mixed then. */
  otherBoxes: z.array(z.string()).readonly(),
  /** Positions from 1: in order of the mixes, and ascending. */
  mixers: z.array(z.number()).readonly(),
  decrypted: z.array(z.number()).readonly(),
  /** Who signed that the run counts for nothing, and for which reason: a quorum has to give the very same. */
  voided: z.array(z.object({ officer: z.number(), reason: z.string() })).readonly(),
  threshold: z.number(),
  officers: z.array(z.string()).readonly(),
});

/** What is due of a count by officers. */
export const boardStanding = countProcedure
  .input(z.strictObject({ election: keySchema }))
  .output(boardStandingSchema)
  .query(async ({ ctx, input: { election } }) => unwrap(await ctx.box.boardStanding(election, ctx.source)));
