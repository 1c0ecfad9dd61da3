import { phaseAt } from '@elekto/election';
import { z } from 'zod';

import { boardSourceOf } from '../board/source.ts';
import { servedSnapshot } from '../elections.ts';
import { refuse, unwrap } from '../refusal.ts';
import { boxStateSchema } from '../schemas.ts';

import { officerProcedure } from './procedure.ts';

const output = z.object({ state: boxStateSchema, cast: z.number(), eligible: z.number() });

/** Closes an election whose end has passed and counts it. For good: a later end date does not reopen it. */
export const closeElection = officerProcedure.output(output).mutation(async ({ ctx }) => {
  const { box, election } = ctx;
  const before = await box.state(election.key);
  if (before === null && phaseAt(election, await ctx.now()) === 'ended') {
    refuse('not-held-here');
  }
  if (before === null || before === 'open') unwrap(await box.close(election));
  if (before !== 'finalised' && before !== 'published') {
    const counted = await box.finalise(election, boardSourceOf(servedSnapshot(ctx), election.key));
    if (!counted.ok && counted.error.kind !== 'waits-for-officers') unwrap(counted);
  }
  const { state, cast, eligible } = unwrap(await box.status(election));
  if (state === null || cast === null) refuse('not-closed-yet');
  return { state, cast, eligible };
});
