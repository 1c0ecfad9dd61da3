import { pointsPerBallot } from '../ballot/rules.ts';
import { mixBytes } from '../mix/body.ts';

/** Bytes of a file of the board that is taken: a mix of 50,000 ballots among up to 42 candidates; the databases' own limits are a little higher. */
export const MOST_FILE_BYTES = 12 * 1024 * 1024;

/** Candidates of a manifest that is read. */
export const MOST_CANDIDATES = 1000;

/** Of a file without its body: frame and signature. */
const AROUND = 1024;

/** Ballots among so many candidates, at least 1, whose mix is a file that is taken. A mix is the largest file of a board beside the box. */
export function mostBallots(candidates: number): number {
  const points = pointsPerBallot({ candidates, tracker: false });
  const nothing = mixBytes(0, points);
  return Math.floor((MOST_FILE_BYTES - AROUND - nothing) / (mixBytes(1, points) - nothing));
}
