import { z } from 'zod';

import { servedSnapshot } from '../elections.ts';
import { refuse } from '../refusal.ts';
import { keySchema } from '../schemas.ts';
import { publicProcedure } from '../trpc.ts';

/** The custody file of an election as it stands in the repository: with it, results.json and the board's files anybody verifies a count. */
export const boardCustody = publicProcedure
  .meta({ limit: 'board' })
  .input(z.strictObject({ election: keySchema }))
  .output(z.string())
  .query(({ ctx, input }) => {
    const { elections, custody } = servedSnapshot(ctx);
    const file = elections.get(input.election)?.election?.custody?.file;
    const board = custody.boards.get(file ?? '');
    return board === undefined ? refuse('unknown-request') : board.text;
  });
