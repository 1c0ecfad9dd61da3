/** What /status and `status.get` say: how fresh the elections are and what is wrong with their files. No secrets. */
import { WAITING_REASONS, STAGES } from '@elekto/election';
import { z } from 'zod';

import { diagnosticSchema, phaseSchema } from '../schemas.ts';

/** What does not get on with an election. */
export const troubleSchema = z.object({
  /** What is tried: `open`, `close`, `count` or `publish`. */
  step: z.string(),
  /** Why it fails; permanent, see docs/operators-watch.md. */
  code: z.string(),
  /** All ms. */
  since: z.number(),
  lastTryAt: z.number(),
  nextTryAt: z.number(),
});

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
  /** When a round of upkeep last went through all elections, ms; null before the first. */
  upkeep: z.object({ at: z.number().nullable() }),
  /** When the newest backup that the server makes by itself was due, ms; null when it makes none. */
  backup: z.object({ at: z.number().nullable(), failing: z.boolean() }).nullable(),
  elections: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      phase: phaseSchema.nullable(),
      /** Where it stands; null when neither its files nor a ballot box tell. */
      stage: z.enum(STAGES).nullable(),
      /** Why it does not open although its start has passed; null when it does, or has not. */
      waiting: z.enum(WAITING_REASONS).nullable(),
      /** Start and end that casting goes by, ms. */
      opensAt: z.number().nullable(),
      closesAt: z.number().nullable(),
      /** When its stage changes by itself, ms; null when it does not. */
      nextAt: z.number().nullable(),
      trouble: troubleSchema.nullable(),
      /** What the pages say of its result, as `result` of elections.json does; null before the close. */
      result: z.string().nullable(),
      /** `stale`: the newest version cannot be read and an older one is served. `withdrawn`: the folder is gone. */
      state: z.enum(['current', 'stale', 'broken', 'withdrawn']),
      diagnostics: z.array(diagnosticSchema),
      /** What differs from what was pinned at the opening. */
      drift: z.array(z.string()),
    }),
  ),
  diagnostics: z.array(diagnosticSchema),
});

export type Trouble = z.infer<typeof troubleSchema>;
export type ServerStatus = z.infer<typeof serverStatusSchema>;
