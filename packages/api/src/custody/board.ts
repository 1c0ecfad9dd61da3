import { postJson } from '@elekto/custody/ceremony';
import { z } from 'zod';

import { servedSnapshot } from '../elections.ts';
import { metaSchema } from '../schemas.ts';

import { boardProcedure, electionsWith } from './procedure.ts';

const output = z.object({
  file: z.string(),
  /** The file as it stands in git, and where. */
  text: z.string(),
  path: z.string(),
  /** Every post of the ceremony, in an order that means nothing. Clients check each and judge for themselves. */
  posts: z.array(z.record(z.string(), z.unknown())),
  elections: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      opensAt: z.number(),
      /** Positions of the officers who have shown that they hold their shares. */
      ready: z.array(z.number()),
    }),
  ),
  meta: metaSchema,
});

/** A ceremony: its file in git, and what its officers have signed so far. */
export const board = boardProcedure.output(output).query(async ({ ctx }) => ({
  file: ctx.board.file,
  text: ctx.board.text,
  path: ctx.board.path,
  posts: (await ctx.box.postsOf(ctx.header)).map(postJson),
  elections: await Promise.all(
    electionsWith(ctx, ctx.board.file).map(async ({ key, name, opensAt }) => ({
      key,
      name,
      opensAt,
      ready: ctx.board.board === null ? [] : await ctx.box.readyOfficers(ctx.board.board, key),
    })),
  ),
  meta: { ...ctx.meta, commit: servedSnapshot(ctx).commit },
}));
