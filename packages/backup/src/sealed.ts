/**
 * Encrypted files in the format of age (age-encryption.org/v1): to the public key of somebody who is not here, or under a
 * passphrase. Padded before that, so that the size tells nothing of what few people did.
 */
import {
  closeSync,
  createReadStream,
  createWriteStream,
  openSync,
  readSync,
  renameSync,
  utimesSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

import { BackupError, codeOf } from './backup-error.ts';
import { openedBy, sealedBy } from './passphrase.ts';
import { withTemporary } from './temporary.ts';

/** How the file begins: by it, it is told from others. */
export const SEALED_MAGIC = 'age-encryption.org/v1\n';

export type SealedTo = { readonly recipient: string } | { readonly passphrase: string };
export type OpenedBy = { readonly identities: readonly string[] } | { readonly passphrase: string };

/** Whether the text is a public key as `age-keygen` prints it. */
export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a file in the format of age is opened by a passphrase: its header names what opens it, a line each. */
export function needsPassphrase(file: string): boolean {
  const head = Buffer.alloc(512);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head);
  } finally {
    closeSync(handle);
  }
  return /^-> scrypt /m.test(head.toString('latin1'));
}

/** A new pair: `identity` opens what is sealed to `recipient`. */
export async function newIdentity(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** Adds to the end until the whole is a multiple of `step` bytes. */
async function* padded(
  source: AsyncIterable<Uint8Array>,
  { step, padding = '\0' }: Pick<Sealing, 'step' | 'padding'>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const part of source) {
    bytes += part.length;
    yield part;
  }
  const missing = (step - (bytes % step)) % step;
  if (missing > 0) yield Buffer.alloc(missing, padding);
}

interface Sealing {
  /** Does not exist yet, or is replaced as a whole when `replace`. */
  readonly file: string;
  readonly to: SealedTo;
  /** Bytes: the plain text is padded to a multiple of it. */
  readonly step: number;
  /** Zeros when absent. */
  readonly padding?: '\0' | '\n' | undefined;
  /** The file's date, ms; now when absent. */
  readonly at?: number | undefined;
  /** What it is called until it is whole, beside it: a name that nobody else writes to; one is made when absent. */
  readonly part?: string | undefined;
}

/** Another name for each try, of whichever server: two that wrote to one would put half a backup in place. */
export const partOf = (file: string): string => `${file}.${randomBytes(6).toString('hex')}.partial`;

/**
 * Writes an encrypted file, readable by its owner alone and on disk when it resolves. Readers see all of it or nothing.
 * @throws BackupError
 */
export async function writeSealed(
  source: AsyncIterable<Uint8Array>,
  { file, to, at, part: draft = partOf(file), ...sealing }: Sealing,
): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.addRecipient('recipient' in to ? to.recipient : sealedBy(to.passphrase));
  await withTemporary(draft, async () => {
    const plain = Readable.toWeb(Readable.from(padded(source, sealing))) as ReadableStream<Uint8Array>;
    const sealed = Readable.from(await encrypter.encrypt(plain));
    await pipeline(sealed, createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }));
    if (at !== undefined) utimesSync(draft, at / 1000, at / 1000);
    renameSync(draft, file);
    const folder = await open(dirname(file), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }).catch((error: unknown) => {
    throw new BackupError(`the backup cannot be written (${codeOf(error)})`);
  });
}

/**
 * The plain text with its padding, part by part. What was altered or cut off ends in an error, at its end at the latest: use
 * nothing of it before.
 * @throws BackupError
 */
export async function* openSealed(file: string, by: OpenedBy): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  if ('passphrase' in by) decrypter.addIdentity(openedBy(by.passphrase));
  else for (const identity of by.identities) decrypter.addIdentity(identity);
  const sealed = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  try {
    yield* await decrypter.decrypt(sealed);
  } catch (error) {
    const other = /no identity matched/.test((error as Error).message);
    const secret = 'passphrase' in by ? 'passphrase' : 'identity';
    throw new BackupError(
      `${file} does not open: ${other ? `the ${secret} is another one` : 'it was altered or cut off'}`,
    );
  }
}
