/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { wipe } from '@elekto/custody/ceremony';
import { answered, proveAlive } from '@elekto/officer';
import { z } from 'zod';

import { callOf, type CountFlags, placeOf } from './count.ts';
import { readKeyFile } from './key-file.ts';
import { unwrap } from './refused.ts';

const answer = z.object({ alive: z.array(z.number()) });

/** Shows, while people vote, that the officer holds their share and that the ballots are sealed for what the files say. */
export async function sayAlive(election: string, flags: CountFlags): Promise<string> {
  const { key } = await readKeyFile(flags);
  try {
    const call = callOf(flags);
    const manifest = answered(z.string(), await call('query', 'board.manifest', { election }));
    const { holding, note } = unwrap(await proveAlive(election, manifest, [key], await placeOf(flags)));
    const { alive } = answered(
      answer,
      await call('mutation', 'custody.alive', { ...holding, key: election }),
    );
    const shown = `The ballots of ${election} are sealed for what the repository says, and you have shown that you hold your share: ${alive.length} of you have.\n`;
    return note === null ? shown : `${shown}${note}\n`;
  } finally {
    wipe(key);
  }
}
