import { z } from 'zod';

import { servedSnapshot } from '../elections.ts';
import { refuse } from '../refusal.ts';
import { keySchema } from '../schemas.ts';
import { publicProcedure } from '../trpc.ts';

import { custodyFileOf } from './holders.ts';

/** The custody file of an election as it stands in the repository: with it, results.json and the board's files anybody verifies a count. */
export const boardCustody = publicProcedure
  .meta({ limit: 'board' })
  .input(z.strictObject({ election: keySchema }))
  .output(z.string())
  .query(async ({ ctx, input }) => {
    const { elections, custody } = servedSnapshot(ctx);
    const election = elections.get(input.election)?.election ?? refuse('unknown-request');
    const row = (await ctx.standings()).get(input.election);
    const file = custodyFileOf(custody, election, row) ?? refuse('unknown-request');
    return file.text;
  });
