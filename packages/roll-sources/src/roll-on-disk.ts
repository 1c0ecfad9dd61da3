import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEvidence, votersIn, writeEvidence, writeVoters, type EvidenceRow } from '@elekto/roll';
import { RollSourceError } from './problem.ts';

export const VOTERS = 'voters.yaml';
export const EVIDENCE = 'roll-evidence.csv';

/** A roll as files have it. */
export interface RollOnDisk {
  /** Logins of voters.yaml. */
  readonly voters: readonly string[];
  /** Of the evidence; empty where there is none. */
  readonly rows: readonly EvidenceRow[];
  /** Null where there is no such file. */
  readonly votersText: string | null;
}

/**
 * The roll of voters.yaml with its evidence; of files that are not there it is empty.
 * @throws RollSourceError or RollFileError for what cannot be read.
 */
export async function readRollOnDisk(votersPath: string, evidencePath: string): Promise<RollOnDisk> {
  const [votersText, evidenceText] = await Promise.all([textOf(votersPath), textOf(evidencePath)]);
  const rows = evidenceText === null ? [] : readEvidence(evidencePath, evidenceText);
  const voters = votersText === null ? [] : votersIn(votersPath, votersText);
  return { voters, rows, votersText };
}

export const rollInFolder = (folder: string): Promise<RollOnDisk> =>
  readRollOnDisk(join(folder, VOTERS), join(folder, EVIDENCE));

/**
 * Writes the roll into a folder; comments and order of the old voters.yaml stay. Nothing is written when the old one cannot be
 * edited. @throws RollEditError then.
 */
export async function writeRoll(
  folder: string,
  { votersText }: Pick<RollOnDisk, 'votersText'>,
  roll: { readonly voters: readonly string[]; readonly rows: readonly EvidenceRow[] },
): Promise<void> {
  const voters = writeVoters(votersText, roll.voters);
  await writeFile(join(folder, EVIDENCE), writeEvidence(roll.rows));
  await writeFile(join(folder, VOTERS), voters);
}

export async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new RollSourceError(`${path} cannot be read (${error.code ?? error.message}).`);
  });
}
