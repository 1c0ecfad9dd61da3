/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import {
  type OfficerKey,
  officerAt,
  officerKey,
  positionOf,
  rootOfPhrase,
  shareOf,
  type Transcript,
  unknownWords,
  wipe,
} from '@elekto/custody/ceremony';
import { ownersIn, whoseKey } from '@elekto/election';
import { toBase64Url } from '@elekto/wire';

import { CliError } from '../cli-error.ts';
import { localTranscript } from './ceremony.ts';
import { type KeyFlags, newPassphrase, writeKeyFile } from './key-file.ts';
import { openPrompt } from '../prompt.ts';

export interface RecoverFlags extends KeyFlags {
  readonly login: string;
  readonly elections: string;
  readonly board: string;
}

/**
 * Brings an officer's key back on another computer, from the twelve words and the custody file of the repository. Nothing is
 * written before the words are found to be this officer's in that very ceremony.
 */
export async function recover(flags: RecoverFlags): Promise<string> {
  const { header, posts } = localTranscript(flags.elections, flags.board);
  const passphrase = await newPassphrase(flags);
  const prompt = openPrompt();
  let root: Uint8Array;
  try {
    root = rootIn(await prompt.ask('The twelve words of your recovery phrase, in one line: '));
  } finally {
    prompt.close();
  }
  const key = officerKey(root);
  try {
    const { login, hasShare } = await placeOf(key, { header, posts }, flags);
    await writeKeyFile(flags.keyFile, login, root, passphrase);
    return !hasShare
      ? `Your key is back in ${flags.keyFile}. The ceremony has no transcript in the repository yet: go on with "elekto custody status".\n`
      : `Your key is back in ${flags.keyFile}, and your share of ${flags.board} with it. Do not use the other computer's any more.\n`;
  } finally {
    wipe(key);
    root.fill(0);
  }
}

/** Whose key it is in a ceremony, and whether a share comes with it. @throws CliError when it is not this officer's there. */
async function placeOf(
  key: OfficerKey,
  { header, posts }: Transcript,
  flags: RecoverFlags,
): Promise<{ readonly login: string; readonly hasShare: boolean }> {
  const position = positionOf(header, key);
  const whose = whoseKey(ownersIn(header), flags.login, toBase64Url(key.sign));
  if (whose.kind === 'nobodys' || position === null) throw new CliError(strangers(flags, key));
  const { login } = officerAt(header, position);
  if (whose.kind === 'anothers')
    throw new CliError(
      `these are the words of ${login}, not of ${flags.login}: nothing was written. Look for your own paper. If you are ${login} under another name now, give --login ${login}: the ceremony knows you by that.`,
    );
  if (posts.length === 0) return { login, hasShare: false };
  if ((await shareOf(header, posts, key)) === null)
    throw new CliError(
      `${flags.board} has no complete ceremony, or your shares in it are not right: compare your checkout with the repository`,
    );
  return { login, hasShare: true };
}

function rootIn(phrase: string): Uint8Array {
  const root = rootOfPhrase(phrase);
  if (root !== null) return root;
  const unknown = unknownWords(phrase);
  const words = phrase.split(/\s+/).filter((word) => word !== '').length;
  if (unknown.length > 0)
    throw new CliError(
      `no recovery phrase has the word ${unknown.map((word) => `"${word}"`).join(', ')}: look at your paper again`,
    );
  throw new CliError(
    words === 12
      ? 'these twelve words are no recovery phrase: two are exchanged, or one is another word of the list. Look at your paper again.'
      : `a recovery phrase has twelve words, and these are ${words}. Look at your paper again.`,
  );
}

const strangers = ({ login, board }: RecoverFlags, key: OfficerKey): string =>
  `these words are a recovery phrase, but of nobody in ${board}: of ${login}\u2019s key before or after it, or of somebody else. ` +
  `(Their public signing key is ${toBase64Url(key.sign)}; look for it in the folder officers.)`;
