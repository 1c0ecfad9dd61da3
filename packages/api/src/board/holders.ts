/** Who holds the key of an election: since the opening its manifest tells, before it the files. */
import { fileOfCeremony, type Standing } from '@elekto/ballot-box';
import type { CustodyFile, CustodyFolders, Election, OfficersBoard } from '@elekto/election';

type Folders = Pick<CustodyFolders, 'boards'>;
type Named = Pick<Election, 'custody'>;

/** The officers who hold a key between them. */
export interface Holders {
  readonly officers: number;
  readonly threshold: number;
  /** What their proofs are checked by; null while the repository does not have the ceremony of a running election. */
  readonly board: OfficersBoard | null;
}

/**
 * Null where the server holds the key, or nobody does yet. Since the opening nothing that becomes of the files or of an
 * officer changes it: the count goes on with the board that the ballots are sealed to, whether or not it could open one today.
 */
export function holdersOf(custody: Folders, election: Named, row: Standing | undefined): Holders | null {
  if (row?.damaged === false) {
    if (row.manifest.suite !== 2) return null;
    const { officers, threshold } = row.manifest;
    return {
      ...{ officers: officers.length, threshold },
      board: custodyFileOf(custody, election, row)?.board ?? null,
    };
  }
  const board = election.custody?.board ?? null;
  return board && { officers: board.officers.length, threshold: board.threshold, board };
}

/** The custody file of their ceremony; null where the repository has none. */
export function custodyFileOf(
  custody: Folders,
  election: Named,
  row: Standing | undefined,
): CustodyFile | null {
  if (row?.damaged === false)
    return row.manifest.suite === 2 ? fileOfCeremony(custody, row.manifest.custody) : null;
  return custody.boards.get(election.custody?.file ?? '') ?? null;
}
