import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

import type { Entry, ZipFile } from 'yauzl';
import yauzl from 'yauzl';

import type { BallotSource } from './ballot-source.ts';
import { CliError } from './cli-error.ts';

/** Entries of an archive that are looked at. */
const MOST = 10_000;

/** The files in a zip archive, each to be unpacked as it is read. @throws CliError when it is damaged. */
export async function entriesOfZip(path: string): Promise<BallotSource[]> {
  const open = promisify<string, yauzl.Options, ZipFile>(yauzl.open);
  const zip = await open(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) =>
    damaged(path, error),
  );
  const entries = await new Promise<Entry[]>((resolve, reject) => {
    const found: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      if (!entry.fileName.endsWith('/')) found.push(entry);
      if (found.length > MOST) reject(new Error(`more than ${MOST} files`));
      else zip.readEntry();
    });
    zip.on('end', () => resolve(found));
    zip.on('error', reject);
    zip.readEntry();
  }).catch((error: unknown) => damaged(path, error));
  const stream = promisify<Entry, Readable>(zip.openReadStream.bind(zip) as never);
  return entries.map((entry) => ({
    name: entry.fileName,
    open: () => stream(entry).catch((error: unknown) => damaged(path, error)),
  }));
}

function damaged(path: string, error: unknown): never {
  throw new CliError(
    `${path}: cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`,
  );
}
