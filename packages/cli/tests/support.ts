import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { BallotBox, Person } from '@elekto/ballot-box';
import type { Result } from '@elekto/protocol/refusal';
import { sealBallot } from '@elekto/protocol/voter';
import type { Election } from '@elekto/election';
import { vi } from 'vitest';

import { run } from '../src/run.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `elekto` in a process of its own, with this environment and nothing of ours. */
export async function elekto(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (err += text));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, out, err };
}

/**
 * The same in this process, one call at a time: ten times cheaper, for what needs no process of its own. Not for arguments
 * that the program does not know, for which it ends the process.
 */
export async function elektoHere(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const [ours, code] = [process.env, process.exitCode];
  let out = '';
  const written = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  process.env = { PATH: ours['PATH'] ?? '', ...env };
  process.exitCode = 0;
  try {
    const failed = await run(args);
    const err = failed === null ? '' : `${failed.message}\n`;
    return { status: failed === null ? Number(process.exitCode) : 1, out, err };
  } finally {
    written.mockRestore();
    [process.env, process.exitCode] = [ours, code];
  }
}

export const folder = (): string => mkdtempSync(join(tmpdir(), 'elekto-cli-'));

/** The value of a result that has to be there. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.error.kind}: ${result.error.why ?? ''}`);
  return result.value;
}

/** Seals without a passphrase, as quickly as it goes, and casts. */
export async function castFor(
  box: BallotBox,
  election: Election,
  person: Person,
  ranking: Record<string, number>,
): Promise<void> {
  const paper = must(await box.paper(election, person));
  const { cast } = await sealBallot({ paper, ranking, passphrase: null });
  must(await box.cast(election, person, cast));
}

/** An election as the reader of the meta repository would hand it over: open from `opensAt` to `closesAt`. */
export function makeElection(voters: readonly string[], changes: Partial<Election> = {}): Election {
  return {
    key: 'steering---2026',
    folder: 'elections/steering/2026',
    name: 'Steering 2026',
    organization: 'Example',
    opensAt: 1000,
    closesAt: 2000,
    exceptionsDueAt: 2000,
    seats: 1,
    allowNoOpinion: true,
    deleteAfter: false,
    shownFields: [],
    officers: ['officer'],
    eligibility: '',
    exceptionDescription: '',
    counting: {
      method: 'schulze',
      strength: 'winning',
      unranked: 'no-opinion',
      secondary: false,
      order: 'losses',
    },
    receipts: 'after_close',
    representationLimit: null,
    turnout: 'officers',
    description: '',
    results: null,
    ballotsCsv: null,
    resultsJson: null,
    candidates: ['ada', 'grace', 'mary'].map((id) => ({
      id,
      name: id,
      fields: [],
      bio: '',
      file: `candidate-${id}.md`,
    })),
    voters: voters.map((login, index) => ({ login, line: index + 2 })),
    unknownFields: {},
    ...changes,
  };
}
