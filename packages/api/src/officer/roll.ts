import { isEligible } from '@elekto/election';
import { z } from 'zod';

import { servedSnapshot } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { diagnosticSchema } from '../schemas.ts';

import { officerProcedure } from './procedure.ts';

const output = z.object({
  /** Path of voters.yaml in the repository. */
  file: z.string(),
  commit: z.string(),
  voters: z.array(z.object({ login: z.string(), line: z.number() })),
  /** Who was granted an exception, and whether the roll already names them. */
  approved: z.array(z.object({ login: z.string(), name: z.string(), onRoll: z.boolean() })),
  /** roll-evidence.csv: why each is on the roll; null where the roll was not built by rules. */
  evidence: z.string().nullable(),
  /** What is wrong with voters.yaml: duplicates, bots, addresses. */
  diagnostics: z.array(diagnosticSchema),
});

/** The voter roll as published, and what is missing on it. Nothing about who has voted. */
export const roll = officerProcedure.output(output).query(async ({ ctx }) => {
  const { election, person } = ctx;
  const { commit, elections } = servedSnapshot(ctx);
  const requests = unwrap(await ctx.box.listExceptions(election, person));
  const file = election.folder === '' ? 'voters.yaml' : `${election.folder}/voters.yaml`;
  return {
    file,
    commit,
    voters: election.voters.map(({ login, line }) => ({ login, line })),
    approved: requests
      .filter((request) => request.status === 'approved')
      .map(({ login, name }) => ({ login, name, onRoll: isEligible(election, login) })),
    evidence: election.evidenceText ?? null,
    diagnostics: (elections.get(election.key)?.diagnostics ?? []).filter((found) => found.file === file),
  };
});
