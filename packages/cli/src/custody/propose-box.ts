/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { BOXES_NAME, boxLine } from '@elekto/election';
import { boardServer, lookAtCount, openDesk } from '@elekto/officer';

import { CliError } from '../cli-error.ts';
import { callOf, type CountFlags, placeOf } from './count.ts';
import { unwrap } from './refused.ts';
import { DO_NOTHING, wayOutOf } from './way-out.ts';

/** What is said of a box that is not on the branch yet, or that waits there; proposing it takes no key. */
const PROPOSED_BESIDE: ReadonlySet<string> = new Set(['act-not-on-branch', 'act-inspection', 'act-key']);

/** Writes the hash of a box that was checked into box.txt of the election, in a checkout, for a pull request. */
export async function proposeBox(
  election: string,
  flags: CountFlags & { readonly elections: string },
): Promise<string> {
  const look = unwrap(
    await lookAtCount(election, {
      ...(await placeOf(flags)),
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
  const folder = join(flags.elections, ...election.split('---'));
  if (!existsSync(folder))
    throw new CliError(`${folder} is not there: name the elections folder of your checkout`);
  const path = join(folder, BOXES_NAME);
  const line = `${boxLine({ hash: look.boxHash, manifestHash: look.manifestHash })}\n`;
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!before.includes(line)) writeFileSync(path, before + line);
  return (
    `${path} names the box of ${look.ballots} ballots: ${line}` +
    'Ask for this change in a pull request. Once it is merged, voters look for their receipts, and officers wait for the end of the inspection.\n'
  );
}
