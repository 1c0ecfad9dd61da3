import { z } from 'zod';

import { personProcedure } from '../trpc.ts';

import { boardsFor, electionsWith } from './procedure.ts';

const output = z.array(
  z.object({
    file: z.string(),
    /** The file as it stands in git; clients read and check it themselves. */
    text: z.string(),
    elections: z.array(z.object({ key: z.string(), name: z.string(), opensAt: z.number() })),
  }),
);

/** The custody files that concern this person. */
export const boards = personProcedure
  .meta({ limit: 'officer' })
  .output(output)
  .query(async ({ ctx }) =>
    (await boardsFor(ctx)).map(({ file, text }) => ({
      file,
      text,
      elections: electionsWith(ctx, file).map(({ key, name, opensAt }) => ({ key, name, opensAt })),
    })),
  );
