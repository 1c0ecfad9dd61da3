import { z } from 'zod';

import { unwrap } from '../refusal.ts';
import { keySchema } from '../schemas.ts';
import { publicProcedure } from '../trpc.ts';

const input = z.strictObject({ election: keySchema });
const output = z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.number() }));

/** The files of a closed election's board, in the order in which they are read. For everybody: they are what a count is checked from. */
export const boardFiles = publicProcedure
  .input(input)
  .output(output)
  .query(async ({ ctx, input: { election } }) => unwrap(await ctx.box.boardFiles(election)));
