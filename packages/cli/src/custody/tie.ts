/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { wipe } from '@elekto/custody/ceremony';
import { boardServer, decideTie, openDesk } from '@elekto/officer';

import { CliError } from '../cli-error.ts';
import { callOf, type CountFlags, placeOf } from './count.ts';
import { readKeyFile } from './key-file.ts';
import { unwrap } from './refused.ts';

export interface TieFlags extends CountFlags {
  readonly winners?: readonly string[];
  readonly how?: string;
  readonly as?: string;
}

/** Signs how a tie was decided: in the officer's own words, or in those that another officer has signed. */
export async function signTie(election: string, flags: TieFlags): Promise<string> {
  const { winners, how, as } = flags;
  if ((as === undefined) === (winners === undefined || how === undefined))
    throw new CliError('say --winners and --how, or --as <login> to sign what another officer has signed');
  const { key } = await readKeyFile(flags);
  try {
    const visit = {
      ...(await placeOf(flags)),
      server: boardServer(callOf(flags), election),
      receipts: [],
      desk: openDesk([key], () => undefined),
      now: Date.now,
    };
    const own = as === undefined ? { winners: [...(winners ?? [])], how: how ?? '', at: Date.now() } : { as };
    const { said, by } = unwrap(await decideTie(election, visit, own));
    return `You have signed: ${said.winners.join(', ')} (${said.how}). ${by} of you have signed the same.\n`;
  } finally {
    wipe(key);
  }
}
