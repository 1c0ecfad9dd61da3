import { setImmediate as letOthers } from 'node:timers/promises';
import { migrate, signIn, startDatabase } from '@elekto/db';
import { foldLogin, officeOf } from '@elekto/election';
import type { CandidateId, Election } from '@elekto/election';
import { createBallotBox } from '../ballot-box.ts';
import type { BallotBox } from '../ballot-box.ts';
import { sealBallot } from '@elekto/protocol/voter';
import { passingKeys } from '../keys/key-store.ts';
import type { KeyStore } from '../keys/key-store.ts';
import type { Person, StoredOutcome } from '../model.ts';
import type { Receipt } from '@elekto/protocol/ballot';
import type { Refusal, RefusalKind, Result } from '@elekto/protocol/refusal';
import { refuse } from '../result.ts';
import { verifyResults } from '@elekto/protocol/result';
import type { Check, FolderFile } from '@elekto/protocol/result';
import { boardIn, countByOfficers, filesOf, sayReady } from './count-by-officers.ts';
import { passingOfficers } from './passing-officers.ts';
import type { PassingOfficers } from './passing-officers.ts';

/** Ballots in one rehearsal at most: every one is really sealed, cast, opened and counted. */
export const MOST_REHEARSED = 200;
const PATIENCE_MS = 20_000;

/** A mock election from the opening to the checked result. */
export interface Rehearsal {
  readonly result: StoredOutcome;
  readonly ballotsCsv: string;
  /** Signed with a key that ended with the rehearsal; the election's name in it begins with "Rehearsal: ". */
  readonly resultsJson: string;
  /** What `elekto verify` says of the files and of the last voter's receipt. */
  readonly checks: readonly Check[];
  /** Where officers count: the board's files and the custody file of this rehearsal, as they lie beside a result. */
  readonly boardFiles: readonly FolderFile[];
}

/** `rehearsal-busy`: another one is being held here; `rehearsal-too-long`: it was given up after 20 s. */
export type RehearsalRefusal = Omit<Refusal, 'kind'> & {
  readonly kind: RefusalKind | 'rehearsal-busy' | 'rehearsal-too-long';
};

export interface RehearsalOptions {
  readonly election: Election;
  readonly officer: Person;
  /** One ballot a voter, 1 to `most` of them; rank 1..n by candidate. */
  readonly rankings: readonly Readonly<Record<CandidateId, number>>[];
  /** `MOST_REHEARSED` when absent. A server never gives another, nor more patience: others wait for it. */
  readonly most?: number;
  /** Ms after which it is given up; 20 s when absent. */
  readonly patience?: number;
  /** Ms since anything; only tests give another than the process's own. */
  readonly stopwatch?: () => number;
}

let held = false;

/**
 * Holds a mock election by the real rules: a ballot box of its own with a database and keys in memory,
 * voters made up, ballots sealed as in a browser, cast, the box closed and counted, the result verified. Where officers
 * keep the key, made-up ones with keys of their own hold a ceremony, mix and decrypt.
 * It is given neither the server's database nor its keys, and when it ends nothing is left. One at a time
 * in a process; the clock is the rehearsal's own.
 */
export async function holdRehearsal(options: RehearsalOptions): Promise<Result<Rehearsal, RehearsalRefusal>> {
  const { election, officer, rankings, most = MOST_REHEARSED } = options;
  if (officeOf(election, officer) === null) return refuse('not-officer');
  if (rankings.length < 1 || rankings.length > most) {
    throw new RangeError(`a rehearsal has 1 to ${most} ballots`);
  }
  if (held) return { ok: false, error: { kind: 'rehearsal-busy' } };
  held = true;
  try {
    return await hold(options);
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.refusal };
    throw error;
  } finally {
    held = false;
  }
}

class Refused extends Error {
  readonly refusal: RehearsalRefusal;
  constructor(refusal: RehearsalRefusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refused(result.error);
}

async function hold(options: RehearsalOptions): Promise<Result<Rehearsal>> {
  const { patience = PATIENCE_MS, stopwatch = () => performance.now() } = options;
  const started = stopwatch();
  const inTime = async (): Promise<void> => {
    await letOthers();
    if (stopwatch() - started <= patience) return;
    throw new Refused({ kind: 'rehearsal-too-long' });
  };
  const { custody } = options.election;
  const officers = custody === undefined ? null : await passingOfficers({ ...options.election, custody });
  try {
    return await holdWith(options, officers, inTime);
  } finally {
    // Their thread ends, and their keys with it, whatever could not be made after it.
    await officers?.leave();
  }
}

async function holdWith(
  options: RehearsalOptions,
  officers: PassingOfficers | null,
  inTime: () => Promise<void>,
): Promise<Result<Rehearsal>> {
  const { officer, rankings } = options;
  const logins = rankings.map((_, index) => `rehearsal-${index + 1}`);
  const election: Election = {
    ...options.election,
    name: `Rehearsal: ${options.election.name}`,
    voters: logins.map((login, index) => ({ login, line: index + 1 })),
    officers: [officer.login],
    officerAccounts: { [foldLogin(officer.login, options.election)]: officer.account },
    ...(officers !== null && { custody: officers.custody }),
  };
  const keys = passingKeys();
  const db = await startDatabase({ url: 'sqlite::memory:', pepper: keys.sessionPepper });
  try {
    await migrate(db);
    const clock = { now: election.opensAt };
    const box = createBallotBox({ db, keys, kind: 'rehearsal', now: () => Promise.resolve(clock.now) });
    if (officers !== null) await sayReady(box, election, officers);
    must(await box.ensureOpened(election, { commit: 'rehearsal', fetchedFrom: clock.now }));
    let receipt: Receipt | null = null;
    for (const [index, login] of logins.entries()) {
      await inTime();
      const voter = await signIn(db, { account: String(index + 1), login });
      const paper = must(await box.paper(election, voter));
      const { cast } = await sealBallot({ paper, ranking: rankings[index] ?? {}, passphrase: null });
      receipt = must(await box.cast(election, voter, cast)).receipt ?? receipt;
    }
    clock.now = election.closesAt + 1000;
    must(await box.close(election));
    await inTime();
    if (officers === null) must(await box.finalise(election));
    else must(await countByOfficers(box, election, officers, inTime));
    return { ok: true, value: await resultOf({ box, keys, election, officer, receipt, officers }) };
  } finally {
    await db.close();
  }
}

async function resultOf(held: {
  readonly box: BallotBox;
  readonly keys: KeyStore;
  readonly election: Election;
  readonly officer: Person;
  readonly receipt: Receipt | null;
  readonly officers: PassingOfficers | null;
}): Promise<Rehearsal> {
  const { box, keys, election, officer, receipt, officers } = held;
  const published = {
    ballotsCsv: must(await box.ballotsCsv(election, officer)),
    resultsJson: must(await box.resultsJson(election, officer)),
  };
  const boardFiles = officers === null ? [] : await filesOf(box, election, officers, published.resultsJson);
  const input = {
    ...published,
    publicKey: keys.publicKey,
    ...(receipt !== null && { receipt: JSON.stringify(receipt) }),
  };
  const checks =
    officers === null
      ? (await verifyResults(input)).checks
      : await officers.verify({ ...input, board: boardIn(boardFiles), transcript: officers.transcript });
  return { result: must(await box.outcome(election, officer)), ...published, checks, boardFiles };
}
