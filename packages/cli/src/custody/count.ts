/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { wipe } from '@elekto/custody/ceremony';
import {
  boardServer,
  createPace,
  type CountLook,
  type Effort,
  holdCount,
  lookAtCount,
  type Made,
  OfficerMemory,
  openDesk,
  type Repository,
  takeBackVoid,
  type Visit,
} from '@elekto/officer';
import type { Receipt } from '@elekto/protocol/ballot';
import { readReceipt } from '@elekto/protocol/result';

import { CliError } from '../cli-error.ts';
import { connect, type ServerFlags } from './connection.ts';
import { type KeyFlags, readKeyFile } from './key-file.ts';
import { unwrap } from './refused.ts';
import { DO_NOTHING, wayOutOf } from './way-out.ts';
import { writeErr } from '../terminal.ts';

export interface CountFlags extends ServerFlags, KeyFlags {
  readonly repository?: string;
  readonly branch?: string;
  readonly electionsDir: string;
  readonly receipt?: readonly string[];
}

/** What an officer does in a visit of the count: look only, one step alone, all that is due, or take back a void first. */
export type CountStep = Made['kind'] | 'count' | 'look' | 'take-back';

/** Takes part in the count of an election as far as it is this officer's turn, and says where it stands. */
export async function takePartInCount(step: CountStep, election: string, flags: CountFlags): Promise<string> {
  const { key } = await readKeyFile(flags);
  const said: string[] = [];
  try {
    const look = await visitCount(step, election, {
      ...(await placeOf(flags)),
      server: boardServer(callOf(flags), election),
      receipts: (flags.receipt ?? []).map(receiptIn),
      desk: openDesk([key], sayEffort()),
      now: Date.now,
      posted: (kind) => said.push(POSTED[kind]),
    });
    return `${[...said, ...describeCount(look)].join('\n')}\n`;
  } finally {
    wipe(key);
  }
}

async function visitCount(step: CountStep, election: string, visit: Visit): Promise<CountLook | null> {
  if (step === 'look') return unwrap(await lookAtCount(election, visit));
  if (step === 'take-back') return unwrap(await takeBackVoid(election, visit));
  return unwrap(await holdCount(election, visit, step === 'count' ? null : step));
}

/** Where the elections are: as the flags say, else as this computer remembers. */
export async function placeOf(
  flags: Pick<CountFlags, 'keyFile' | 'repository' | 'branch' | 'electionsDir'>,
): Promise<Pick<Visit, 'memory' | 'repository' | 'access'>> {
  const memory = unwrap(await OfficerMemory.open(`${flags.keyFile}.memory`));
  const given: Repository | null =
    flags.repository === undefined
      ? null
      : { source: sourceOf(flags.repository), branch: flags.branch ?? null, folder: flags.electionsDir };
  const repository = given ?? memory.repository;
  if (repository === null)
    throw new CliError(
      'name the repository of the elections once, as you know it and not as the server says: --repository https://github.com/org/repository',
    );
  return {
    memory,
    repository,
    access: {
      cacheDir: join(dirname(flags.keyFile), 'repository'),
      token: process.env['ELEKTO_META_TOKEN'],
    },
  };
}

/** An address as it may be remembered, or the path of a repository on this computer. */
function sourceOf(named: string): string {
  if (!/^https?:/i.test(named)) return resolve(named);
  const url = URL.canParse(named) ? new URL(named) : null;
  if (url === null || url.username !== '' || url.password !== '')
    throw new CliError(
      'name the repository by its address alone; a token for a private one stands in ELEKTO_META_TOKEN',
    );
  return named;
}

/** The server's interface, in which what it refuses rejects with its sentence. */
export function callOf(flags: ServerFlags): Parameters<typeof boardServer>[0] {
  const { query, mutate } = connect(flags);
  return (type, path, input) => (type === 'query' ? query : mutate)(path, input);
}

function receiptIn(file: string): Receipt {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  const read = readReceipt(text);
  if (read.ok) return read.value;
  throw new CliError(`${file} is no receipt as the ballot page saves it`);
}

function sayEffort(): (effort: Effort) => void {
  const pace = createPace(() => performance.now());
  return (effort) => {
    const seconds = Math.round(pace(effort) / 1000);
    const left =
      seconds < 2
        ? ''
        : seconds < 120
          ? `, about ${seconds} seconds`
          : `, about ${Math.round(seconds / 60)} minutes`;
    const ballots = effort.kind === 'box' ? '' : ` of ${effort.ballots} ballots`;
    writeErr(`${EFFORTS[effort.kind]}${ballots}${left} ...\n`);
  };
}

const EFFORTS = {
  box: 'Checking every ballot of the box',
  'check-mix': 'Checking a mix',
  'check-decryption': 'Checking a decryption',
  mix: 'Mixing, with a proof,',
  decrypt: 'Decrypting with your share the mixed list',
} as const;

const POSTED = {
  mix: 'You have mixed the ballots. What order you gave them is forgotten.',
  decrypt: 'You have decrypted the mixed ballots with your share.',
} as const;

/** A count in lines: what is in the box, who has done what, and what is next. */
export function describeCount(look: CountLook | null): string[] {
  if (look === null) return ['There is no box yet. The server lays it out within minutes after the end.'];
  const { ballots, boxHash, threshold, officers, mixers, decrypted, due, note } = look;
  const name = (position: number): string => officers[position - 1] ?? `officer ${position}`;
  const names = (positions: readonly number[]): string => positions.map(name).join(', ') || 'nobody yet';
  return [
    `${ballots} ballots are in the box sha256:${boxHash}; each is proven.`,
    `Mixed by ${names(mixers)} (it takes ${threshold}).`,
    `Decrypted by ${names(decrypted)} (it takes ${threshold}).`,
    ...(note === null ? [] : ['', note]),
    '',
    ...NEXT[due](look),
  ];
}

const others = ({ officers, own }: CountLook, done: readonly number[]): string =>
  officers.filter((_, i) => i + 1 !== own && !done.includes(i + 1)).join(', ');

/** What is against a step, or else what is next. */
const next =
  (text: (look: CountLook) => string) =>
  (look: CountLook): string[] =>
    look.against === null ? [text(look)] : [look.against.message, ...wayOut(look)];

function waitingFor(look: CountLook): string {
  const { mixers, decrypted, threshold } = look;
  const done = mixers.length < threshold ? mixers : decrypted;
  return `Waiting for ${threshold - done.length} of ${others(look, done)}.`;
}

const NEXT: Readonly<Record<CountLook['due'], (look: CountLook) => string[]>> = {
  mix: next(() => 'Next for you: elekto custody count, which mixes.'),
  decrypt: next(() => 'Next for you: elekto custody count, which decrypts.'),
  counted: () => ['Nothing is left to do: anybody can open the count with "elekto verify".'],
  wait: next(waitingFor),
};

/** What to do about what is against a step. */
function wayOut({ against, inspectedAt, boxFile }: CountLook): string[] {
  switch (against?.code) {
    case 'act-inspection':
      return [`Come back after ${new Date(inspectedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC.`];
    case 'act-not-on-branch':
      return [`Write it to ${boxFile} with "elekto custody box", and ask for that change in a pull request.`];
    default:
      return [(against && wayOutOf(against.code)) ?? DO_NOTHING];
  }
}
