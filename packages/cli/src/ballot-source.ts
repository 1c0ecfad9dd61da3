import type { Readable } from 'node:stream';

/** One file that ballots may be in. */
export interface BallotSource {
  /** As a message names it. */
  readonly name: string;
  open(): Promise<Readable>;
}
