import { createReadStream } from 'node:fs';

import { copyDatabase, databaseKind } from './copy-database.ts';
import { KEYS_STEP, packKeys } from './keys-archive.ts';
import { readKeyFiles } from './keys-directory.ts';
import { writeSealed, type SealedTo } from './sealed.ts';
import { withTemporary } from './temporary.ts';

/** Bytes to which an encrypted database is padded: what some hundred people did does not show in its size. */
export const DATABASE_STEP = 1024 * 1024;

export interface DatabaseJob {
  readonly what: 'database';
  readonly url: string;
  /** Where the plain copy is while it is encrypted: beside the data of the server. */
  readonly draft: string;
  readonly file: string;
  readonly to: SealedTo;
  /** The file's date, ms. */
  readonly at?: number;
  /** What the file is called until it is whole. */
  readonly part?: string;
}

export interface KeysJob {
  readonly what: 'keys';
  readonly secretsDir: string;
  readonly file: string;
  readonly to: SealedTo;
  /** When it is made, ms. */
  readonly at: number;
  readonly part?: string;
}

export type Job = DatabaseJob | KeysJob;

/** Makes an encrypted backup; what was at `file` is replaced as a whole. @throws BackupError */
export async function makeBackup(job: Job): Promise<void> {
  if (job.what === 'keys') {
    const { secretsDir, file, to, at, part } = job;
    const text = packKeys(readKeyFiles(secretsDir), new Date(at));
    return writeSealed(only(text), { file, to, step: KEYS_STEP, at, part });
  }
  const { url, draft, file, to, at, part } = job;
  await withTemporary(draft, async () => {
    await copyDatabase(url, draft);
    // Statements are padded with empty lines: what comes out is read as it is.
    const padding = databaseKind(url) === 'mariadb' ? '\n' : '\0';
    await writeSealed(createReadStream(draft), { file, to, step: DATABASE_STEP, padding, at, part });
  });
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
