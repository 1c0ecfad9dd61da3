import { z } from 'zod';

import { refuse, unwrap } from '../refusal.ts';
import { keySchema } from '../schemas.ts';
import { publicProcedure } from '../trpc.ts';

const input = z.strictObject({ election: keySchema, name: z.string().min(1).max(40) });

/** One of those files, base64url; refuses with `unknown-request` when there is none of this name. */
export const boardFile = publicProcedure
  .meta({ limit: 'board' })
  .input(input)
  .output(z.string())
  .query(async ({ ctx, input: { election, name } }) => {
    const bytes = unwrap(await ctx.box.boardFile(election, name));
    return bytes === null ? refuse('unknown-request') : Buffer.from(bytes).toString('base64url');
  });
