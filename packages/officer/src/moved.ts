/* eslint elekto/words-in-catalogue: off -- refusals, which name step and party as those of packages/custody, in English */
import type { BoardManifest } from '@elekto/custody';
import type { Election } from '@elekto/election';
import { driftFrom, type Drift, type Manifest } from '@elekto/protocol/manifest';

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

interface Compared {
  readonly election: Election;
  readonly pinned: string;
}

/** In which words a note tells what differs; null for what `custodyNote` tells and for ends, which no manifest has. */
const SAID: Readonly<Record<Drift['code'], string | null>> = {
  'candidates-added': 'stands and is not on the ballot',
  'candidates-removed': 'is on the ballot and stands no more',
  'candidates-withdrawn': 'withdrew and is on the ballot',
  'names-changed': 'has another name',
  'ids-recased': 'has an id that is written otherwise',
  'folder-renamed': 'the folder has another name',
  'name-changed': 'the election has another name',
  'seats-changed': 'the number of seats',
  'counting-changed': 'the way of counting',
  'limit-changed': 'the limit on seats',
  'house-rules-changed': 'the rules of the organisation',
  'no-opinion-changed': 'whether candidates may be left without a rank',
  'receipts-changed': 'the receipts',
  'delete-after-changed': 'when the links to ballots are destroyed',
  'custody-changed': null,
  'end-in-the-past': null,
  'end-after-close': null,
};

/**
 * What the newest files say otherwise than those that the ballots are sealed for, null where they say the same. A server that opened
 * an election with files from before a change is found by it: which commit it took is its own choice.
 *
 * @param manifest one that follows from the files of `pinned`.
 */
export function definitionNote(manifest: BoardManifest, { election, pinned }: Compared): string | null {
  const differs = driftFrom(JSON.parse(manifest.text) as Manifest, election).flatMap((drift) => {
    const said = SAID[drift.code];
    if (said === null) return [];
    return 'ids' in drift ? drift.ids.map((id) => `${id} ${said}`) : [said];
  });
  if (differs.length === 0) return null;
  return (
    `The ballots are sealed for the files of commit ${pinned.slice(0, 12)}, and the newest differ: ${differs.join('; ')}. ` +
    'What the ballots are sealed for stays. If this was merged before voting began, the server opened the election with older files: ' +
    'tell whoever runs it now, while voting can begin anew.'
  );
}
