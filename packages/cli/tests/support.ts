import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '@elekto/testing';

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
    env: { ...bareEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (err += text));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, out, err };
}

class Ended extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`ended with ${status}`);
    this.status = status;
  }
}

/**
 * The same in this process, one call at a time: ten times cheaper, for what needs no process of its own, and nothing
 * from standard input.
 */
export async function elektoHere(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = process.cwd(),
): Promise<Ran> {
  const [ours, code, here] = [process.env, process.exitCode, process.cwd()];
  const said = { stdout: '', stderr: '' };
  const spies = [
    ...(['stdout', 'stderr'] as const).map((stream) =>
      vi.spyOn(process[stream], 'write').mockImplementation((text) => {
        said[stream] += String(text);
        return true;
      }),
    ),
    vi.spyOn(process, 'exit').mockImplementation((status) => {
      throw new Ended(Number(status ?? process.exitCode ?? 0));
    }),
  ];
  process.env = { ...bareEnvironment(), ...env };
  process.exitCode = 0;
  process.chdir(cwd);
  try {
    const failed = await run(args);
    if (failed !== null) said.stderr += `${failed.message}\n`;
    return { status: failed === null ? process.exitCode : 1, out: said.stdout, err: said.stderr };
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    return { status: error.status, out: said.stdout, err: said.stderr };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.chdir(here);
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
