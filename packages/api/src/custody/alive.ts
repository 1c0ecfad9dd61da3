import { z } from 'zod';

import { refuse, unwrap } from '../refusal.ts';

import { boardProcedure } from './procedure.ts';
import { holdingSchema } from './ready.ts';

/** Takes an officer's proof, over the manifest of a running election, that they hold their share. */
export const alive = boardProcedure
  .input(holdingSchema)
  .output(z.object({ alive: z.array(z.number()) }))
  .mutation(async ({ ctx, input: { key, officer, proof } }) => {
    const { board } = ctx.board;
    if (board === null || !(await ctx.box.sayAlive(board, key, { officer, proof })))
      return refuse('post-unsigned');
    return { alive: unwrap(await ctx.box.aliveOfficers(board, key)) };
  });
