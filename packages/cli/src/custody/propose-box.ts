/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

import { BOXES_NAME, boxLine, type BoxOnBranch, readBoxes } from '@elekto/election';
import { boardServer, lookAtCount, openDesk } from '@elekto/officer';

import { CliError } from '../cli-error.ts';
import { callOf, type CountFlags, placeOf } from './count.ts';
import { unwrap } from './refused.ts';
import { DO_NOTHING, wayOutOf } from './way-out.ts';

/** What is said of a box that is not on the branch yet, or that waits there; proposing it takes no key. */
const PROPOSED_BESIDE: ReadonlySet<string> = new Set(['act-not-on-branch', 'act-inspection', 'act-key']);

/**
 * Writes the hash of a box that was checked into box.txt of the election, in a checkout, for a pull request.
 *
 * @throws CliError for what is against the box, and where the checkout has no folder of the election or names another box.
 */
export async function proposeBox(
  election: string,
  flags: CountFlags & { readonly elections: string },
): Promise<string> {
  const place = await placeOf(flags);
  const look = unwrap(
    await lookAtCount(election, {
      ...place,
      server: boardServer(callOf(flags), election),
      receipts: [],
      desk: openDesk([], () => undefined),
      now: Date.now,
    }),
  );
  if (look === null)
    throw new CliError('there is no box yet; the server lays it out within minutes after the end');
  // A second box on the branch ends the count for good: what is against it is no matter of a pull request.
  const { against } = look;
  if (against !== null && !PROPOSED_BESIDE.has(against.code))
    throw new CliError(`${against.message} ${wayOutOf(against.code) ?? DO_NOTHING}`);
  const path = join(flags.elections, posix.relative(place.repository.folder, look.boxFile));
  const folder = dirname(path);
  if (!existsSync(folder))
    throw new CliError(
      `${folder} is not there: bring your checkout up to the branch, and name its elections folder with --elections`,
    );
  const box = { hash: look.boxHash, manifestHash: look.manifestHash };
  addBox(path, box);
  return (
    `${path} names the box of ${look.ballots} ballots: ${boxLine(box)}\n` +
    'Ask for this change in a pull request. Once it is merged, voters look for their receipts, and officers wait for the end of the inspection.\n'
  );
}

/** Makes box.txt name a box, on a line of its own whatever stands there. Another box there is not on the branch: it was looked at before. */
function addBox(path: string, box: BoxOnBranch): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const { boxes } = readBoxes({ path: BOXES_NAME, text: before });
  const isThis = ({ hash, manifestHash }: BoxOnBranch): boolean =>
    hash === box.hash && manifestHash === box.manifestHash;
  if (!boxes.every(isThis))
    throw new CliError(
      `${path} names another box, which does not stand on the branch, and two of them there end the count for good: propose neither. ${DO_NOTHING}`,
    );
  if (boxes.length > 0) return;
  const end = before === '' || /[\r\n]$/.test(before) ? '' : '\n';
  writeFileSync(path, `${before}${end}${boxLine(box)}\n`);
}
