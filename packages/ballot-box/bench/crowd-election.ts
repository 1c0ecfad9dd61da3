import type { Election } from '@elekto/election';
import { makeElection } from '../tests/support.ts';

/** The election of the benchmarks: 12 candidates, and `voters` of them called `voter-0` and so on. */
export const crowdElection = (voters: number): Election =>
  makeElection(voters, {
    candidates: Array.from({ length: 12 }, (_, i) => ({
      id: `candidate-${i}`,
      name: '',
      fields: [],
      bio: '',
      file: '',
    })),
  });

/** A full ranking that differs from voter to voter. */
export const rankingOf = (election: Election, voter: number): Record<string, number> =>
  Object.fromEntries(election.candidates.map(({ id }, at) => [id, 1 + ((at * 7 + voter) % 12)]));
