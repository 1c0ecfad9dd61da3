import { limitValues } from '@elekto/ballot-box';
import { count, formatBallotsCsv, type Outcome } from '@elekto/tally';
import { z } from 'zod';

import { refuse } from '../refusal.ts';
import { keySchema } from '../schemas.ts';

import { makeUpBallots } from './made-up-ballots.ts';
import { officerProcedure } from './procedure.ts';

const input = z.strictObject({
  key: keySchema,
  ballots: z.int().min(1).max(10_000).default(200),
  /** The same seed makes up the same ballots. */
  seed: z.int().min(0).max(4_294_967_295).default(1),
});

const output = z.object({
  ballots: z.number(),
  outcome: z.custom<Outcome>((value) => typeof value === 'object' && value !== null),
  /** The made-up ballots, in the format of ballots.csv. */
  ballotsCsv: z.string(),
});

/** Counts made-up ballots by the election's own rule. Nothing is stored and no real ballot is touched. */
export const rehearse = officerProcedure
  .input(input)
  .output(output)
  .mutation(({ ctx: { election }, input: { ballots: n, seed } }) => {
    const candidates = election.candidates.map(({ id }) => id);
    if (candidates.length === 0) refuse('conflict', 'This election has no candidates yet.');
    const ballots = makeUpBallots(candidates, n, { allowNoOpinion: election.allowNoOpinion, seed });
    const { representationLimit: limit } = election;
    const outcome = count(
      { candidates, ballots },
      {
        ...election.counting,
        seats: election.seats,
        ...(limit && {
          limit: { ...limit, values: new Map(Object.entries(limitValues(election, limit.field))) },
        }),
      },
    );
    return { ballots: n, outcome, ballotsCsv: formatBallotsCsv({ candidates, ballots }) };
  });
