import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readEvidence } from '@elekto/roll';
import { EVIDENCE, readRollOnDisk, rollInFolder, type RollOnDisk } from '@elekto/roll-sources';
import { CliError } from '../cli-error.ts';
import { told } from './told.ts';

/** The roll of a folder, of a voters.yaml with its evidence beside it, or of evidence alone. */
export async function rollAt(path: string): Promise<RollOnDisk> {
  const kind = await stat(path).catch(() => null);
  if (kind === null) throw new CliError(`${path}: there is no such file or folder.`);
  if (kind.isDirectory()) return told(() => rollInFolder(path));
  if (!path.endsWith('.csv')) return told(() => readRollOnDisk(path, join(dirname(path), EVIDENCE)));
  return told(async () => {
    const rows = readEvidence(path, await readFile(path, 'utf8'));
    const voters = [...new Set(rows.filter(({ on }) => on).map(({ login }) => login))];
    return { voters, rows, votersText: null };
  });
}
