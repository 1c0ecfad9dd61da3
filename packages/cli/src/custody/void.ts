/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { wipe } from '@elekto/custody/ceremony';
import { answered, boardServer, voidRun } from '@elekto/officer';
import { z } from 'zod';

import { CliError } from '../cli-error.ts';
import { printable } from '../terminal.ts';
import { callOf, type CountFlags, placeOf, takePartInCount } from './count.ts';
import { readKeyFile } from './key-file.ts';
import { unwrap } from './refused.ts';

const standing = z.object({
  voided: z.array(z.object({ officer: z.number(), reason: z.string() })),
  threshold: z.number(),
  officers: z.array(z.string()),
});

export interface VoidFlags extends CountFlags {
  readonly reason?: string;
  readonly takeBack?: true;
}

/** Signs that the ballots cast so far count for nothing, for which voting may start anew; or takes it back at the count. */
export async function signVoid(election: string, flags: VoidFlags): Promise<string> {
  const reason = flags.reason?.trim() ?? '';
  if ((reason === '') === (flags.takeBack === undefined))
    throw new CliError('give the reason with --reason, or --take-back at the count; one of the two');
  if (flags.takeBack) return takePartInCount('take-back', election, flags);
  const { key } = await readKeyFile(flags);
  try {
    const call = callOf(flags);
    const manifest = answered(z.string(), await call('query', 'board.manifest', { election }));
    const sources = { ...(await placeOf(flags)), now: Date.now };
    const file = unwrap(await voidRun(election, manifest, reason, [key], sources));
    await boardServer(call, election).post(file);
    const { voided, threshold, officers } = answered(
      standing,
      await call('query', 'board.standing', { election }),
    );
    const same = voided.filter((said) => said.reason === reason);
    const names = printable(
      same.map(({ officer }) => officers[officer - 1] ?? `officer ${officer}`).join(', '),
    );
    return (
      `You have signed that the ballots cast so far are void: ${printable(reason)}\n` +
      `Signed by ${names}; it takes ${threshold} who give this very reason, word for word. Then start voting anew in the console.\n`
    );
  } finally {
    wipe(key);
  }
}
