/** What honest people were told, kept where no insider can reach it. */
import type { Election } from '@elekto/election';
import type { Person } from '@elekto/ballot-box';
import type { Ranking, Receipt, SealedCast } from '@elekto/protocol/ballot';
import type { Row } from '../rows.ts';

export const VOTERS = 4;

/** Everything that may be claimed of the election in the end. */
export interface Truth {
  /** The ballot that each voter was last told is in the box, as its row in ballots.csv. */
  readonly ballots: Map<string, string>;
  readonly receipts: Map<string, string>;
  /** Those of ballots that their voters replaced or took back, in this run of voting. */
  left: Receipt[];
  /** Every cast that was acknowledged, as it went over the wire. */
  readonly sent: { readonly person: Person; readonly cast: SealedCast }[];
  /** When an operator said last that the clock is right; null when none did. */
  clock: string | null;
  /** The officers who said that they hold their shares. */
  readonly ready: Set<number>;
  /** The files of the election as the administrators have merged them. */
  files: Election;
  /** What the server has taken over of them. */
  taken: Election;
  /** Everybody who ever stood on a roll that the server has taken over. */
  ever: ReadonlySet<string>;
  /** Who stood when the first ballot of this run of voting came, in the manifest's order; null while there was none. */
  pinned: readonly string[] | null;
  struck: ReadonlySet<string>;
  restarts: number;
  /** Winners of ties that an officer has decided. */
  decisions: string[];
  /** Every row about who took part that the server has written, of all times. */
  readonly participations: Set<string>;
  /** The record of what officers and the server did, as each event was written. */
  record: Row[];
}

/** Everybody's ballots differ, and each from the one before: by who it is, whom they like best and how often they voted. */
export function rankingOf(voter: number, likesAda: boolean, cast: number): Ranking {
  const [first, second] = likesAda ? [1, 2] : [2, 1];
  return {
    ada: first,
    barbara: second,
    grace: 3 + (voter % 3),
    katherine: 3 + (Math.floor(voter / 3) % 3),
    mary: 3 + (cast % 3),
    zoe: 3 + (cast % 3),
  };
}

export const rowOf = (ranking: Ranking, candidates: readonly string[]): string =>
  candidates.map((id) => ranking[id]).join();
