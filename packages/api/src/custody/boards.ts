import { z } from 'zod';

import { servedSnapshot } from '../elections.ts';
import { metaSchema } from '../schemas.ts';
import { personProcedure } from '../trpc.ts';

import { boardsFor, electionsWith } from './procedure.ts';

const output = z.object({
  boards: z.array(
    z.object({
      file: z.string(),
      /** The file as it stands in git; clients read and check it themselves. */
      text: z.string(),
      elections: z.array(z.object({ key: z.string(), name: z.string(), opensAt: z.number() })),
    }),
  ),
  /** Who has published keys with which a ceremony can begin. */
  officers: z.array(z.object({ login: z.string(), sign: z.string(), receive: z.string() })),
  /** The elections folder in the repository; '' for its root. */
  folder: z.string(),
  meta: metaSchema,
});

/** The custody files that concern this person, and what it takes to propose more. */
export const boards = personProcedure
  .meta({ limit: 'officer' })
  .output(output)
  .query(async ({ ctx }) => {
    const { custody, commit } = servedSnapshot(ctx);
    return {
      boards: (await boardsFor(ctx)).map(({ file, text }) => ({
        file,
        text,
        elections: electionsWith(ctx, file).map(({ key, name, opensAt }) => ({ key, name, opensAt })),
      })),
      officers: custody.officers.map(({ login, sign, receive }) => ({ login, sign, receive })),
      folder: custody.folder,
      meta: { ...ctx.meta, commit },
    };
  });
