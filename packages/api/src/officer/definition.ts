import { z } from 'zod';

import { servedSnapshot } from '../elections.ts';
import { metaSchema } from '../schemas.ts';

import { officerProcedure } from './procedure.ts';

const output = z.object({
  /** Folder in the meta repository, with `/`; '' for the root. */
  folder: z.string(),
  meta: metaSchema,
  candidates: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      fields: z.array(z.object({ name: z.string(), value: z.string() })),
    }),
  ),
  /** Logins of the election officers, as the file names them. */
  officers: z.array(z.string()),
  seats: z.number(),
  representationLimit: z.object({ field: z.string(), max: z.number() }).nullable(),
  /** When people may stand, and how many endorsements they need; null where election.yaml says nothing of it. */
  nominations: z
    .object({ opensAt: z.number().nullable(), closesAt: z.number(), endorsements: z.number() })
    .nullable(),
  /** voters.yaml with its comments; null when it is missing. */
  votersYaml: z.string().nullable(),
  /** Names of the activities that plan.yaml has as done. */
  planDone: z.array(z.string()),
});

/** The files behind an election, as far as officers name people by them and prepare changes of them. */
export const definition = officerProcedure.output(output).query(({ ctx }) => {
  const { election } = ctx;
  return {
    folder: election.folder,
    meta: { ...ctx.meta, commit: servedSnapshot(ctx).commit },
    candidates: election.candidates.map(({ id, name, fields }) => ({
      id,
      name,
      fields: fields.map(({ name: field, value }) => ({ name: field, value })),
    })),
    officers: [...election.officers],
    seats: election.seats,
    representationLimit: election.representationLimit,
    nominations: election.nominations
      ? {
          opensAt: election.nominations.opensAt,
          closesAt: election.nominations.closesAt,
          endorsements: election.nominations.endorsements,
        }
      : null,
    votersYaml: election.votersText ?? null,
    planDone: [...(election.planDone ?? [])],
  };
});
