import { CUSTODY_FOLDERS, LIMITS, readBoard } from '@elekto/election';
import type { Mark } from '@elekto/metarepo';

/**
 * By what the custody file of a ceremony is known in every commit: by what all its officers signed, under whatever name it lies, as
 * whoever writes to the repository may rename it. `ceremony`: hash of the transcript, hex.
 */
export function markOf(electionsFolder: string, ceremony: string): Mark {
  const [folder] = CUSTODY_FOLDERS;
  return {
    folder: `${electionsFolder}/${folder}`,
    ending: '.json',
    longest: LIMITS.custodyFile,
    is: (text) => readBoard(folder, { path: folder, text }).board?.transcriptHash === ceremony,
  };
}
