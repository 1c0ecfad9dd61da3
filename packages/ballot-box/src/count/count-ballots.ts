import { count, formatBallotsCsv } from '@elekto/tally';
import type { Ballot, Outcome } from '@elekto/tally';
import type { Manifest, TieDecision } from '../model.ts';

/** A counted ballot: ranks in the manifest's candidate order, 0 = no opinion. */
export interface CountedBallot {
  readonly tracker: string;
  readonly ranks: readonly number[];
}

function* rows(ballots: readonly CountedBallot[]): Generator<Ballot> {
  for (const { ranks } of ballots) yield { ranks: ranks.map((rank) => (rank === 0 ? null : rank)) };
}

/** Counts by the pinned rule. The same ballots and decisions always give the same outcome. */
export function countBallots(
  manifest: Manifest,
  ballots: readonly CountedBallot[],
  decisions: readonly TieDecision[],
): Outcome {
  const { counting, representationLimit: limit } = manifest;
  return count(
    { candidates: manifest.candidates, ballots: rows(ballots) },
    {
      ...counting,
      seats: manifest.seats,
      decisions: decisions.map(({ winners, how }) => ({ winners, how })),
      ...(limit === null
        ? {}
        : {
            limit: {
              field: limit.field,
              max: limit.max,
              values: new Map(Object.entries(manifest.limitValues ?? {})),
            },
          }),
    },
  );
}

/** ballots.csv in Elekto's format, rows in the order given. */
export const ballotsToCsv = (manifest: Manifest, ballots: readonly CountedBallot[]): string =>
  formatBallotsCsv({ candidates: manifest.candidates, ballots: rows(ballots) });
