import { z } from 'zod';

import { refuse } from '../refusal.ts';
import { keySchema } from '../schemas.ts';

import { boardProcedure, electionsWith, fileSchema } from './procedure.ts';

export const holdingSchema = z.strictObject({
  file: fileSchema,
  key: keySchema,
  officer: z.int().min(1).max(64),
  proof: z.string().length(86),
});

/** Takes an officer's proof that they hold their share, for an election that names this custody file. */
export const ready = boardProcedure
  .input(holdingSchema)
  .output(z.object({ ready: z.array(z.number()) }))
  .mutation(async ({ ctx, input: { file, key, officer, proof } }) => {
    const { board } = ctx.board;
    if (board === null || !electionsWith(ctx, file).some((election) => election.key === key))
      return refuse('post-unsigned');
    if (!(await ctx.box.sayReady(board, key, { officer, proof }))) refuse('post-unsigned');
    return { ready: await ctx.box.readyOfficers(board, key) };
  });
