import { z } from 'zod';

import { officiatedElection } from '../elections.ts';
import { keySchema } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

/**
 * For officers of the election named by `key`; `ctx.election` is its definition, `ctx.person` the officer.
 * The input here is not strict, as tRPC hands the whole input to every schema of the chain.
 */
export const officerProcedure = personProcedure
  .meta({ limit: 'officer' })
  .input(z.object({ key: keySchema }))
  .use(async ({ ctx, input, next }) => {
    const election = await officiatedElection(ctx, input.key);
    return next({ ctx: { election } });
  });
