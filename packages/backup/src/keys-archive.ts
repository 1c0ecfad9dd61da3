/** The files of the secrets directory as one text, which exists only within an encrypted file. */
import { z } from 'zod';

import { BackupError } from './backup-error.ts';

/** How the text begins. */
export const KEYS_MAGIC = '{"format":"elekto-keys-backup/2"';

/** Bytes to which it is padded: room for the keys of hundreds of elections. */
export const KEYS_STEP = 64 * 1024;

const schema = z.object({
  format: z.literal('elekto-keys-backup/2'),
  createdAt: z.iso.datetime(),
  files: z.record(z.string(), z.base64()),
});

/** Files of the keys directory by their path in it, with `/`. */
export type KeyFiles = ReadonlyMap<string, Buffer>;

export function packKeys(files: KeyFiles, createdAt: Date): Buffer {
  const contents = {
    format: 'elekto-keys-backup/2',
    createdAt: createdAt.toISOString(),
    files: Object.fromEntries([...files].map(([path, bytes]) => [path, bytes.toString('base64')])),
  };
  return Buffer.from(JSON.stringify(contents));
}

/** @throws BackupError when it is no text of this kind. */
export function unpackKeys(text: Buffer): { files: KeyFiles; createdAt: Date } {
  let contents: z.infer<typeof schema>;
  try {
    contents = schema.parse(JSON.parse(text.toString('utf8').replace(/\0+$/, '')));
  } catch {
    throw new BackupError('the file is not a backup of keys of this version');
  }
  const files = new Map(
    Object.entries(contents.files).map(([path, bytes]) => [path, Buffer.from(bytes, 'base64')] as const),
  );
  return { files, createdAt: new Date(contents.createdAt) };
}
