/**
 * The encrypted file of a keys backup: a line that names the format, a line of JSON with what is needed to
 * derive the key, then AES-256-GCM over the files as JSON. Both lines are authenticated with the rest.
 * The key comes from the passphrase by scrypt (RFC 7914), 128 MiB a guess.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';

import { z } from 'zod';

import { CliError } from '../cli-error.ts';

/** The first line of the file, by which it is told from a database. */
export const KEYS_MAGIC = 'elekto-keys-backup/1\n';

const COST = { N: 2 ** 17, r: 8, p: 1 } as const;
const TAG = 16;

const base64 = (bytes: number) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((value) => value.length === bytes);

/** Only costs that this program would have chosen are followed: a made-up header fills no memory. */
const headerSchema = z.object({
  kdf: z.literal('scrypt'),
  N: z.literal(COST.N),
  r: z.literal(COST.r),
  p: z.literal(COST.p),
  salt: base64(32),
  nonce: base64(12),
  createdAt: z.iso.datetime(),
});

const bodySchema = z.object({ files: z.record(z.string(), z.base64()) });

/** Files of the keys directory by their path in it, with `/`. */
export type KeyFiles = ReadonlyMap<string, Buffer>;

function derive(passphrase: string, salt: Buffer): Buffer {
  return scryptSync(passphrase.normalize('NFC'), salt, 32, { ...COST, maxmem: 256 * 1024 * 1024 });
}

/** Encrypts the files; two runs never give the same bytes. */
export function sealKeys(files: KeyFiles, passphrase: string, createdAt: Date): Buffer {
  const salt = randomBytes(32);
  const nonce = randomBytes(12);
  const header = {
    kdf: 'scrypt',
    ...COST,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    createdAt: createdAt.toISOString(),
  };
  const head = Buffer.from(`${KEYS_MAGIC}${JSON.stringify(header)}\n`);
  const body = {
    files: Object.fromEntries([...files].map(([path, bytes]) => [path, bytes.toString('base64')])),
  };
  const cipher = createCipheriv('aes-256-gcm', derive(passphrase, salt), nonce);
  cipher.setAAD(head);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(body)), cipher.final()]);
  return Buffer.concat([head, sealed, cipher.getAuthTag()]);
}

/** @throws CliError when it is no keys backup, was altered, or the passphrase is not the one. */
export function openKeys(archive: Buffer, passphrase: string): { files: KeyFiles; createdAt: Date } {
  const end = archive.indexOf('\n', KEYS_MAGIC.length);
  if (!isKeysArchive(archive) || end === -1 || archive.length < end + 1 + TAG) throw broken();
  const header = headerSchema.safeParse(parse(archive.subarray(KEYS_MAGIC.length, end).toString('utf8')));
  if (!header.success) throw broken();
  const { salt, nonce, createdAt } = header.data;
  const decipher = createDecipheriv('aes-256-gcm', derive(passphrase, salt), nonce);
  decipher.setAAD(archive.subarray(0, end + 1));
  decipher.setAuthTag(archive.subarray(-TAG));
  let plain: string;
  try {
    plain = Buffer.concat([decipher.update(archive.subarray(end + 1, -TAG)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    throw new CliError(
      'the keys backup does not open: the passphrase is another one, or the file was altered',
    );
  }
  const body = bodySchema.safeParse(parse(plain));
  if (!body.success) throw broken();
  const files = new Map(
    Object.entries(body.data.files).map(([path, text]) => [path, Buffer.from(text, 'base64')] as const),
  );
  return { files, createdAt: new Date(createdAt) };
}

/** Whether the bytes begin like a keys backup. */
export const isKeysArchive = (start: Buffer): boolean =>
  start.subarray(0, KEYS_MAGIC.length).toString('latin1') === KEYS_MAGIC;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const broken = (): CliError =>
  new CliError('the file is not a keys backup of this version, or it is cut off');
