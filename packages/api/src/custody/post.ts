import { z } from 'zod';

import { refuse } from '../refusal.ts';

import { boardProcedure, fileSchema } from './procedure.ts';

/** A deal among 64 officers has 15,000 characters. */
const LONGEST = 50_000;

const input = z.strictObject({
  file: fileSchema,
  post: z.json().refine((value) => JSON.stringify(value).length <= LONGEST),
});

/**
 * Passes a signed message of a ceremony on. The server adds nothing to it: it checks the signature, so that nobody
 * fills another officer's place, and keeps it for good. `second-word`: its officer has signed something else there before,
 * and both are kept.
 */
export const post = boardProcedure
  .input(input)
  .output(z.object({ kept: z.enum(['kept', 'known', 'second-word']) }))
  .mutation(async ({ ctx, input: { post: value } }) => {
    if (ctx.board.board !== null) refuse('ceremony-complete');
    return { kept: (await ctx.box.postToCeremony(ctx.header, value)) ?? refuse('post-unsigned') };
  });
