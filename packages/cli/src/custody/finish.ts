/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { finishedIn, writeTranscript } from '@elekto/custody/ceremony';

import { CliError } from '../cli-error.ts';
import { type BoardFlags, lookAt } from './ceremony.ts';
import { describeCeremony } from './status.ts';

/** Writes the transcript of a finished ceremony into the custody file of a checkout. */
export async function finish(flags: BoardFlags & { readonly elections: string }): Promise<string> {
  const ceremony = await lookAt(flags);
  const finished = finishedIn(ceremony.header, ceremony.posts);
  if (!finished.ok)
    throw new CliError(`${finished.error.message}\n\n${await describeCeremony(ceremony, null)}`.trim());
  const path = join(flags.elections, flags.board);
  writeFileSync(path, writeTranscript({ header: ceremony.header, posts: finished.value.posts }));
  return (
    `${path} holds the finished ceremony. Ask for this change in a pull request; the key exists once it is merged.\n\n` +
    (await describeCeremony(ceremony, null))
  );
}
