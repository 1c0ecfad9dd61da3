/** What /status and `status.get` say: how fresh the elections are and what is wrong with their files. No secrets. */
import { z } from 'zod';

import { diagnosticSchema, phaseSchema } from '../schemas.ts';

export const serverStatusSchema = z.object({
  version: z.string(),
  /** The server's clock, ms. */
  now: z.number(),
  /** The commit being served; null before the first sync. */
  commit: z.string().nullable(),
  sync: z.object({
    /** When the repository was last read with success, ms. */
    at: z.number().nullable(),
    /** Why the last attempt failed, in a line; null when it did not. */
    problem: z.string().nullable(),
  }),
  site: z.object({
    /** The commit the pages were built from. */
    commit: z.string().nullable(),
    at: z.number().nullable(),
    problem: z.string().nullable(),
    building: z.boolean(),
  }),
  elections: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      phase: phaseSchema.nullable(),
      /** `stale`: the newest version cannot be read and an older one is served. `withdrawn`: the folder is gone. */
      state: z.enum(['current', 'stale', 'broken', 'withdrawn']),
      diagnostics: z.array(diagnosticSchema),
      /** What differs from what was pinned at the opening. */
      drift: z.array(z.string()),
    }),
  ),
  diagnostics: z.array(diagnosticSchema),
});

export type ServerStatus = z.infer<typeof serverStatusSchema>;
