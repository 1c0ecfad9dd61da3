import { markDraft, revisionOf } from '@elekto/protocol/published';
import { z } from 'zod';

import { unwrap } from '../refusal.ts';

import { draftResults } from './draft-results.ts';
import { officerProcedure } from './procedure.ts';

/** A results.md to start from: winners, ranking, turnout, and how to check them. */
export const resultsDraft = officerProcedure.output(z.string()).query(async ({ ctx }) => {
  const result = unwrap(await ctx.box.outcome(ctx.election, ctx.person));
  // By the mark the pages know later whether the text is the one that was drafted for this very result.
  return markDraft(draftResults(ctx.election, result), revisionOf(result));
});
