import { markDraft } from '@elekto/protocol/published';
import { z } from 'zod';

import { unwrap } from '../refusal.ts';

import { draftResults } from './draft-results.ts';
import { officerProcedure } from './procedure.ts';

/** A results.md to start from: winners, ranking, turnout, and how to check them. */
export const resultsDraft = officerProcedure.output(z.string()).query(async ({ ctx }) => {
  const result = unwrap(await ctx.box.outcome(ctx.election, ctx.person));
  const draft = draftResults(ctx.election, result);
  const facts = unwrap(await ctx.box.resultFacts(ctx.election.key));
  const revision = facts.state === 'counted' ? facts.revisions.at(-1) : undefined;
  // By the mark the pages know later whether the text is the one that was drafted for this very result.
  return revision === undefined ? draft : markDraft(draft, revision);
});
