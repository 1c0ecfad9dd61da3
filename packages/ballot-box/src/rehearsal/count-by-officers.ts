import { readFileName } from '@elekto/custody';
import type { Election } from '@elekto/election';
import { hashManifest } from '@elekto/protocol/manifest';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import type { BoardBytes } from '@elekto/protocol/board';
import type { Result } from '@elekto/protocol/refusal';
import { boardFolder } from '@elekto/protocol/result';
import type { FolderFile } from '@elekto/protocol/result';
import type { BallotBox } from '../ballot-box.ts';
import type { PassingOfficers } from './passing-officers.ts';

/** As many of the made-up officers as it takes show that they hold their shares. */
export async function sayReady(box: BallotBox, { key }: Election, officers: PassingOfficers): Promise<void> {
  const { board } = officers.custody;
  if (board === null) throw new Error('the ceremony of a rehearsal gave no key');
  for (const said of officers.ready) await box.sayReady(board, key, said);
}

/**
 * The count as officers hold it: the server lays the box out, its hash is taken for one that stands on the branch, and the files
 * of the made-up officers are posted like those of real ones, until the last decryption finishes the result.
 *
 * @param inTime rejects once the rehearsal has taken too long.
 */
export async function countByOfficers(
  box: BallotBox,
  election: Election,
  officers: PassingOfficers,
  inTime: () => Promise<void>,
): Promise<Result<null>> {
  const { key } = election;
  const laid = await box.finalise(election, officers.source([]));
  if (laid.ok || laid.error.kind !== 'waits-for-officers') return laid;
  const [listed] = valueOf(await box.boardFiles(key));
  const manifest = valueOf(await box.pinnedManifest(key));
  const bytes = listed === undefined ? null : valueOf(await box.boardFile(key, listed.name));
  if (listed === undefined || bytes === null) throw new Error('a box that was laid out is not there');
  const manifestHash = hashManifest(JSON.parse(manifest) as OfficersManifest);
  const source = officers.source([{ hash: listed.sha256, manifestHash }]);
  const files = await officers.count({ manifest, electors: election.voters.length, box: bytes });
  for (const file of files) {
    await inTime();
    const posted = valueOf(await box.postFile(key, file, source));
    if ('refused' in posted) throw new Error(posted.refused.message);
  }
  return box.finalise(election, source);
}

/** What lies beside the result of such a count. */
export const filesOf = (
  box: BallotBox,
  { key }: Election,
  { transcript }: PassingOfficers,
  resultsJson: string,
): Promise<readonly FolderFile[]> =>
  boardFolder(resultsJson, {
    sizes: async () => valueOf(await box.boardFiles(key)),
    file: async (name) => valueOf(await box.boardFile(key, name)) as Uint8Array,
    custody: () => Promise.resolve(transcript),
    address: null,
  });

/** The files of the board among them, by their names. */
export const boardIn = (files: readonly FolderFile[]): BoardBytes =>
  new Map(
    files.flatMap(({ name, content }) => {
      const own = name.slice(name.indexOf('/') + 1);
      return typeof content === 'string' || readFileName(own) === null ? [] : [[own, content] as const];
    }),
  );

/** What this program's own rehearsal is never refused, unless by a mistake. */
function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.error.kind);
}
