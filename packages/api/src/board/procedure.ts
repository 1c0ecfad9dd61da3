import { z } from 'zod';

import { isColleague } from '../custody/procedure.ts';
import { servedSnapshot } from '../elections.ts';
import { refuse } from '../refusal.ts';
import { keySchema } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

import { boardSourceOf } from './source.ts';

/**
 * For officers, and for those who hold a share of a key; `ctx.source` is what the repository says of the board of the
 * election. Others get `not-officer`, whether or not there is such an election.
 */
export const countProcedure = personProcedure
  .meta({ limit: 'board' })
  .input(z.object({ election: keySchema }))
  .use(async ({ ctx, input, next }) => {
    if (!(await isColleague(ctx))) return refuse('not-officer');
    return next({ ctx: { source: boardSourceOf(servedSnapshot(ctx), input.election) } });
  });
