import { holdRehearsal, makeUpBallots, MOST_REHEARSED } from '@elekto/ballot-box';
import type { Check } from '@elekto/protocol/result';
import { z } from 'zod';

import { refuse, unwrap } from '../refusal.ts';
import { keySchema } from '../schemas.ts';

import { draftResults } from './draft-results.ts';
import { outcomeSchema } from './outcome.ts';
import { officerProcedure } from './procedure.ts';

const input = z.strictObject({
  key: keySchema,
  ballots: z.int().min(1).max(MOST_REHEARSED).default(100),
  /** The same seed makes up the same ballots; their trackers and the keys are new each time. */
  seed: z.int().min(0).max(4_294_967_295).default(1),
});

/** As `officer.outcome` answers, and the files that a real result comes with. */
const output = outcomeSchema.extend({
  rehearsal: z.literal(true),
  ballotsCsv: z.string(),
  resultsJson: z.string(),
  resultsDraft: z.string(),
  /** What verifying the two files found. */
  checks: z.array(z.custom<Check>((value) => typeof value === 'object' && value !== null)).readonly(),
});

/** A mock election with made-up voters and ballots, in memory, from the opening to the verified result. */
export const rehearse = officerProcedure
  .input(input)
  .output(output)
  .mutation(async ({ ctx: { box, election, person }, input: { ballots: n, seed } }) => {
    const candidates = election.candidates.map(({ id }) => id);
    if (candidates.length === 0) refuse('waiting');
    const ballots = makeUpBallots(candidates, n, { allowNoOpinion: election.allowNoOpinion, seed });
    const rankings = ballots.map(({ ranks }) =>
      Object.fromEntries(
        candidates.flatMap((id, index) => {
          const rank = ranks[index] ?? null;
          return rank === null ? [] : [[id, rank]];
        }),
      ),
    );
    // Whose office it is was asked above; the made-up voters' box knows nothing of it.
    const officiated = { ...election, officers: [person.login], officerAccounts: {} };
    const held = await holdRehearsal({ election: officiated, officer: person, rankings });
    if (!held.ok) refuse(held.error.kind, held.error.detail);
    unwrap(await box.noteRehearsal(election, person));
    const { result, ballotsCsv, resultsJson, checks } = held.value;
    const resultsDraft = draftResults(election, result);
    return { ...result, rehearsal: true as const, ballotsCsv, resultsJson, resultsDraft, checks };
  });
