/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import type { Election } from '@elekto/election';

interface Seen {
  /** As the newest commit has it. */
  readonly election: Pick<Election, 'custody'>;
  /** Where that commit has the custody file of the ballots; null where it has it no more. */
  readonly custodyFile: string | null;
  /** The commit that the manifest was made at. */
  readonly pinned: string;
}

/** That no server can check what officers sign, and who brings that back how. */
export const custodyGone = ({ pinned }: Pick<Seen, 'pinned'>): string =>
  `the custody file of these ballots is not in the folder keys any more, and without it no server takes what officers sign. Whoever may merge brings it back as commit ${pinned.slice(0, 12)} has it, under any name.`;

/** What the files say of the key otherwise since the opening, and who mends it how; null where they say the same. Ballots stay sealed to their key. */
export function custodyNote({ election, custodyFile, pinned }: Seen): string | null {
  if (custodyFile === null) return `Note: ${custodyGone({ pinned })}`;
  if (election.custody?.file === custodyFile) return null;
  const named = election.custody === undefined ? 'no custody file' : election.custody.file;
  return `The election names ${named} since the opening, and its ballots are sealed to the key of ${custodyFile}. The count goes on with that key. Whoever may merge writes "custody: ${custodyFile}" into its election.yaml again.`;
}
