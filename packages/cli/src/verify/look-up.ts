/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { availableParallelism } from 'node:os';
import { lookInBox, makePool } from '@elekto/protocol/board';
import { toHex } from '@elekto/wire';
import { checkWords } from '@elekto/words';

import { CliError } from '../cli-error.ts';
import { printable, writeOut } from '../terminal.ts';
import { boxAt, readRelease, releaseAt } from './board-at.ts';
import { startThread } from './threads.ts';

interface LookUpFlags {
  readonly key?: string;
  readonly release?: string;
}

/**
 * Before there is a result: writes whether the ballot of a receipt is in the closed box that officers are going to count.
 * @throws CliError when the box is none, or the server dropped the ballot.
 */
export async function lookUp(address: string, receipt: string, { key, release }: LookUpFlags): Promise<void> {
  const { election, ...files } = await boxAt(address);
  const released = () =>
    release === undefined ? releaseAt(address, election, receipt) : Promise.resolve(readRelease(release));
  const pool = makePool(availableParallelism(), startThread, () => undefined);
  const looked = await lookInBox({ ...files, receipt, publicKey: key, released }, pool.run).finally(pool.end);
  if (!looked.ok) throw new CliError(`verification failed: ${looked.problem}`);
  const { hash, recordHashes } = looked.board.box;
  writeOut(
    `ok    box: ${recordHashes.size} ballots, each proven and none twice. SHA-256 ${toHex(hash)}, which has to stand in box.txt of the repository.\n`,
  );
  const { own } = looked;
  const words = own.code === 'receipt-counted' ? '' : printable(checkWords(own, 'en'));
  if (!own.ok) throw new CliError(`verification failed: ${words}`);
  writeOut(`ok    receipt: ${words === '' ? IN_THE_BOX : words}\n`);
}

const IN_THE_BOX = 'The ballot of this receipt is in the box.';
