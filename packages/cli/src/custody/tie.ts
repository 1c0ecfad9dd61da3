/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { wipe } from '@elekto/custody/ceremony';
import {
  boardServer,
  decideTie,
  lookAtCount,
  openDesk,
  type TieDecision,
  type Visit,
  wordsOf,
} from '@elekto/officer';

import { CliError } from '../cli-error.ts';
import { printable, writeErr } from '../terminal.ts';
import { openPrompt } from '../prompt.ts';
import { callOf, type CountFlags, placeOf } from './count.ts';
import { readKeyFile } from './key-file.ts';
import { unwrap } from './refused.ts';

export interface TieFlags extends CountFlags {
  readonly winners?: readonly string[];
  readonly how?: string;
  readonly as?: string;
}

/**
 * Signs how a tie was decided: in the officer's own words, or in those that another officer has signed. Of the latter nothing is signed
 * that was not read: they are shown and the winners typed, or `winners` and `how` have to say the same.
 */
export async function signTie(election: string, flags: TieFlags): Promise<string> {
  const { winners, how, as } = flags;
  const given = winners === undefined || how === undefined ? null : { winners, how };
  const isHalf = given === null && (winners !== undefined || how !== undefined);
  if (isHalf || (as === undefined && given === null))
    throw new CliError(
      'say --winners and --how, or --as <login> to sign what another officer has signed, which is shown to you first',
    );
  const { key } = await readKeyFile(flags);
  try {
    const visit = {
      ...(await placeOf(flags)),
      server: boardServer(callOf(flags), election),
      receipts: [],
      desk: openDesk([key], () => undefined),
      now: Date.now,
    };
    const words = given && { winners: [...given.winners], how: given.how };
    const own =
      as === undefined
        ? { winners: [], how: '', ...words, at: Date.now() }
        : { ...(words ?? (await readWords(election, visit, as))), as };
    const { said, by } = unwrap(await decideTie(election, visit, own));
    return `You have signed: ${inWords(said)}. ${by} of you have signed the same.\n`;
  } finally {
    wipe(key);
  }
}

/** What another officer has signed, after this one has read it. @throws CliError when the winners are not typed as they stand there. */
async function readWords(election: string, visit: Visit, login: string): Promise<TieDecision> {
  const look = unwrap(await lookAtCount(election, visit));
  if (look === null) throw new CliError('there is no box yet');
  const said = unwrap(wordsOf(look, login));
  writeErr(`${printable(login)} has signed: ${inWords(said)}, said at ${new Date(said.at).toISOString()}\n`);
  const prompt = openPrompt();
  try {
    const typed = await prompt.ask('Type the winners, as they stand there, to sign the very same: ');
    if (typed.replaceAll(/\s*,\s*/g, ', ') === said.winners.join(', ')) return said;
  } finally {
    prompt.close();
  }
  throw new CliError('those are others: nothing was signed');
}

const inWords = ({ winners, how }: Pick<TieDecision, 'winners' | 'how'>): string =>
  `${printable(winners.join(', '))} (${printable(how)})`;
