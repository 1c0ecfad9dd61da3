/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { finishedIn, proveHolding, shareOf, wipe } from '@elekto/custody/ceremony';
import { answered } from '@elekto/officer';
import { toBase64Url } from '@elekto/wire';
import { z } from 'zod';

import { CliError } from '../cli-error.ts';
import { lookAt } from './ceremony.ts';
import { type KeyFile, readKeyFile } from './key-file.ts';
import { memberOf, type TakePartFlags } from './take-part.ts';

const answer = z.object({ ready: z.array(z.number()) });

/** Shows the server and the others that this officer still holds their share, before an election opens. Nothing is decrypted. */
export async function sayReady(election: string, flags: TakePartFlags): Promise<string> {
  const mine = await readKeyFile(flags);
  const { header, connection, officer, proof } = await proofOf(mine, election, flags).finally(() =>
    wipe(mine.key),
  );
  const said = { file: flags.board, key: election, officer, proof };
  const { length } = answered(answer, await connection.mutate('custody.ready', said)).ready;
  const left = header.threshold - length;
  return left > 0
    ? `You are ready for ${election}. It does not open before ${left} more of you ${left === 1 ? 'is' : 'are'}.\n`
    : `You are ready for ${election}, and enough of you are: ${length} of ${header.officers.length}.\n`;
}

async function proofOf(mine: KeyFile, election: string, flags: TakePartFlags) {
  const { header, posts, connection } = await lookAt(flags);
  memberOf(header, mine);
  const finished = finishedIn(header, posts);
  if (!finished.ok) throw new CliError(finished.error.message);
  const { key } = finished.value;
  const share = await shareOf(header, finished.value.posts, mine.key);
  if (share === null)
    throw new CliError('your shares in this ceremony are not right: tell the other officers');
  const proof = toBase64Url(proveHolding(key, share, { kind: 'ready', election }));
  return { header, connection, officer: share.position, proof };
}
