/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { wipe } from '@elekto/custody/ceremony';
import {
  boardServer,
  decideTie,
  lookAtCount,
  openDecision,
  openDesk,
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
  readonly decision?: number;
}

/**
 * Signs how a tie was decided: in the officer's own words, or in those that another officer has signed. Nothing is signed that was not
 * read: they are shown, with which decision of the count it is, and the winners typed; or `winners`, `how` and `decision` have to say the same.
 */
export async function signTie(election: string, flags: TieFlags): Promise<string> {
  const { winners, how, as, decision } = flags;
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
    const read =
      words !== null && decision !== undefined
        ? { ...words, number: decision }
        : await readWords(election, visit, words, flags);
    const own = as === undefined ? { at: Date.now(), ...read } : { ...read, as };
    const { said, by } = unwrap(await decideTie(election, visit, own));
    return `You have signed as decision ${read.number} of this count: ${inWords(said)}. ${by} of you have signed the same.\n`;
  } finally {
    wipe(key);
  }
}

interface Words {
  readonly winners: string[];
  readonly how: string;
  readonly at?: number;
}

/** What is signed, after the officer has read it and its number. @throws CliError when the winners are not typed as they stand there. */
async function readWords(
  election: string,
  visit: Visit,
  given: Words | null,
  { as, decision }: TieFlags,
): Promise<Words & { readonly number: number }> {
  const look = unwrap(await lookAtCount(election, visit));
  if (look === null) throw new CliError('there is no box yet');
  const said = given ?? unwrap(wordsOf(look, as ?? ''));
  const number = decision ?? openDecision(look).number;
  const at = said.at === undefined ? '' : `, said at ${new Date(said.at).toISOString()}`;
  const who = given === null ? `${printable(as ?? '')} has signed` : 'You are about to sign';
  writeErr(
    `${who} as decision ${number} of this count: ${inWords(said)}${at}\n` +
      'If you know that it is another one of this count, type nothing: the server hides a decision. Tell the others.\n',
  );
  const prompt = openPrompt();
  try {
    const typed = await prompt.ask('Type the winners, as they stand there, to sign the very same: ');
    if (typed.replaceAll(/\s*,\s*/g, ', ') === said.winners.join(', ')) return { ...said, number };
  } finally {
    prompt.close();
  }
  throw new CliError('those are others: nothing was signed');
}

const inWords = ({ winners, how }: Pick<Words, 'winners' | 'how'>): string =>
  `${printable(winners.join(', '))} (${printable(how)})`;
