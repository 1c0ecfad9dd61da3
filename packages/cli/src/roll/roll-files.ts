import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readVoters } from '@elekto/election';
import { readEvidence, RollFileError, type EvidenceRow } from '@elekto/roll';
import { CliError } from '../cli-error.ts';

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

/** The roll of a folder, of a voters.yaml with its evidence beside it, or of evidence alone. */
export async function rollAt(path: string): Promise<RollOnDisk> {
  const kind = await stat(path).catch(() => null);
  if (kind === null) throw new CliError(`${path}: there is no such file or folder.`);
  if (kind.isDirectory()) return rollOf(join(path, VOTERS), join(path, EVIDENCE));
  if (!path.endsWith('.csv')) return rollOf(path, join(dirname(path), EVIDENCE));
  const rows = evidence(path, await readFile(path, 'utf8'));
  return {
    voters: [...new Set(rows.filter(({ on }) => on).map(({ login }) => login))],
    rows,
    votersText: null,
  };
}

async function rollOf(votersPath: string, evidencePath: string): Promise<RollOnDisk> {
  const [votersText, evidenceText] = await Promise.all([textOf(votersPath), textOf(evidencePath)]);
  const rows = evidenceText === null ? [] : evidence(evidencePath, evidenceText);
  if (votersText === null) return { voters: [], rows, votersText };
  const { voters, readable } = readVoters(votersPath, votersText);
  if (!readable) throw new CliError(`${votersPath} cannot be read: "elekto lint" says why.`);
  return { voters: voters.map(({ login }) => login), rows, votersText };
}

function evidence(path: string, text: string): readonly EvidenceRow[] {
  try {
    return readEvidence(path, text);
  } catch (error) {
    if (error instanceof RollFileError) throw new CliError(error.message);
    throw error;
  }
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new CliError(`${path} cannot be read (${error.code ?? error.message}).`);
  });
}
