import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, signIn, sql, startDatabase, tables } from '@elekto/db';
import type { Database } from '@elekto/db';
import type { CandidateId, Election, Instant } from '@elekto/election';
import { ALL_DATABASES, DATABASES, freshDatabase } from '@elekto/testing/databases';
import type { DatabaseName } from '@elekto/testing/databases';
import { memoryPlace } from '@elekto/testing/memory-place';
import { createBallotBox, openKeys } from '@elekto/ballot-box';
import type { BallotBox, DefinitionSource, KeyStore, Person } from '@elekto/ballot-box';
import type { Receipt } from '@elekto/protocol/ballot';
import type { Result } from '@elekto/protocol/refusal';
import { TEST_KDF } from './test-kdf.ts';
import { deriveUnlock, openRecord, openSeed, sealBallot, signedRelease } from '@elekto/protocol/voter';
import type { SealedCast } from '@elekto/protocol/ballot';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import type { Context } from '../src/context.ts';
import { takeOver } from '../src/pairing/take-over.ts';
import { holdCount, officersCustody, sayAllReady } from './officers.ts';

export { TEST_KDF };

export type DialectName = DatabaseName;
export const DIALECTS = DATABASES;
/** For suites that ask the database something. */
export const ALL_DIALECTS = ALL_DATABASES;
/** Of those, the ones whose files can be looked into and that can be stopped: a MySQL can only be given. */
export const OWN_DIALECTS = ALL_DATABASES.filter((name) => name !== 'mysql');
/** The server keeps the key, or officers do. */
export type SuiteNumber = 1 | 2;
/** Both suites on each of these databases. */
export const inBothSuites = (dialects: readonly DialectName[]) =>
  dialects.flatMap((dialect) =>
    ([1, 2] as const).map((suite): { dialect: DialectName; suite: SuiteNumber } => ({ dialect, suite })),
  );
export const SUITES = inBothSuites(DIALECTS);

export const OPENS = Date.UTC(2026, 8, 1);
export const CLOSES = Date.UTC(2026, 8, 27, 23, 59, 59);
export const CANDIDATES = ['ada', 'barbara', 'grace', 'katherine', 'mary'];

export interface World {
  readonly dialect: DialectName;
  /** That elections are opened in. */
  readonly suite: SuiteNumber;
  readonly dir: string;
  readonly url: string;
  readonly db: Database;
  readonly keys: KeyStore;
  readonly box: BallotBox;
  readonly clock: { now: Instant };
  end(): Promise<void>;
}

/** Leaves the newest schema in an empty database. */
export async function migrated(url: string): Promise<void> {
  const db = await startDatabase({ url, pepper: new Uint8Array(32) });
  await migrate(db);
  await db.close();
}

/** A ballot box of its own on a fresh database, with a clock the test sets. */
export async function startWorld(
  dialect: DialectName,
  options: {
    realClock?: boolean;
    poolSize?: number;
    url?: string;
    durable?: boolean;
    suite?: SuiteNumber;
  } = {},
): Promise<World> {
  const dir = mkdtempSync(join(options.durable === true ? tmpdir() : memoryPlace(), 'elekto-box-'));
  const fresh = options.url === undefined ? await freshDatabase(dialect, dir, migrated) : null;
  const url = options.url ?? fresh?.url ?? '';
  const keys = openKeys(join(dir, 'secrets'));
  const db = await startDatabase({ url, pepper: keys.sessionPepper, poolSize: options.poolSize });
  await migrate(db);
  // Waiting for the disk at each commit is production's part, and the fault suites'.
  if (dialect === 'sqlite' && options.durable !== true) {
    await db.read((em) => sql`pragma synchronous = off`.execute(tables(em)));
  }
  const clock = { now: OPENS + 1000 };
  const now = options.realClock === true ? {} : { now: () => Promise.resolve(clock.now) };
  const box = createBallotBox({ db, keys, kdf: TEST_KDF, ...now });
  return {
    dialect,
    suite: options.suite ?? 1,
    dir,
    url,
    db,
    keys,
    box,
    clock,
    async end() {
      await db.close();
      await fresh?.drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** What a start of the server takes over the rows of a version before with. */
export const takingOver = (world: World): Context => ({
  ...world,
  now: (em) => world.db.now(em),
  doubt: () => Promise.resolve(null),
  kdf: TEST_KDF,
  kind: 'election',
});

/** As at the first start on a database: these keys know from then on that it is theirs. */
export async function meetDatabase(world: World): Promise<void> {
  must(await takeOver(takingOver(world), null));
}

/** An election as the reader of the meta repository would hand it over. */
export function makeElection(voters: number | readonly string[], changes: Partial<Election> = {}): Election {
  const logins = typeof voters === 'number' ? Array.from({ length: voters }, (_, i) => `voter-${i}`) : voters;
  return {
    key: 'steering---2026',
    folder: 'elections/steering/2026',
    name: 'Steering 2026',
    organization: 'Example',
    opensAt: OPENS,
    closesAt: CLOSES,
    exceptionsDueAt: CLOSES,
    seats: 2,
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
    candidates: CANDIDATES.map((id) => ({ id, name: id, fields: [], bio: '', file: `candidate-${id}.md` })),
    voters: logins.map((login, index) => ({ login, line: index + 2 })),
    unknownFields: {},
    ...changes,
  };
}

let fetches = 0;

/** A commit, fetched later than everything before it. */
export const at = (commit: string): DefinitionSource => ({ commit, fetchedFrom: (fetches += 1) });

let accounts = 1000;

/** A person with an account of their own. */
export const newPerson = (world: Pick<World, 'db'>, login: string): Promise<Person> =>
  signIn(world.db, { account: String((accounts += 1)), login });

/** The value of a result that has to be there. */
export function must<T>(result: Result<T, { readonly kind: string; readonly why?: string }>): T {
  if (!result.ok) throw new Error(`refused: ${result.error.kind}: ${result.error.why ?? ''}`);
  return result.value;
}

/** The kind of a refusal that has to be there, or `accepted`. */
export const kindOf = (result: Result<unknown>): string => (result.ok ? 'accepted' : result.error.kind);

export type Ranking = Record<CandidateId, number>;

/** Seals in the voter's browser. */
export async function seal(
  world: Pick<World, 'box'>,
  election: Election,
  person: Person,
  ranking: Ranking,
  passphrase: string | null = null,
) {
  const paper = must(await world.box.paper(election, person));
  return sealBallot({ paper, ranking, passphrase, kdfs: [TEST_KDF] });
}

/** Seals and casts; the receipt. */
export async function castFor(
  world: Pick<World, 'box'>,
  election: Election,
  person: Person,
  ranking: Ranking,
  passphrase: string | null = null,
): Promise<Receipt | null> {
  const { cast } = await seal(world, election, person, ranking, passphrase);
  return must(await world.box.cast(election, person, cast)).receipt;
}

/** What the voter's browser learns with the passphrase: where the ballot lies and what it says. */
export async function look(
  world: Pick<World, 'box'>,
  election: Election,
  person: Person,
  passphrase: string,
) {
  const paper = must(await world.box.paper(election, person));
  const { unlock } = must(await world.box.participation(election, person));
  if (unlock === null) throw new Error('has not voted');
  const derived = await deriveUnlock({ unlock, passphrase, kdfs: [TEST_KDF] });
  const { sealedSeed } = must(await world.box.unlock(election, person, derived.authKey));
  const seed = await openSeed({ paper, derived, sealedSeed });
  if (seed === null) throw new Error('the seed does not open');
  const claim = { authKey: derived.authKey, ...seed.place };
  return {
    paper,
    seed,
    claim,
    read: async () => {
      const record = must(await world.box.fetchRecord(election, person, claim));
      return openRecord({ paper, seed: seed.seed, record });
    },
    /** What goes along when the ballot is replaced by `next`, or withdrawn. */
    letGo: async (next: SealedCast | null = null) => {
      const record = must(await world.box.fetchRecord(election, person, claim));
      return signedRelease({ paper, seed: seed.seed, record, next });
    },
  };
}

/** A repeatable random number generator (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A random ranking of the candidates, some of them left out. */
export function randomRanking(
  random: () => number,
  candidates: readonly CandidateId[] = CANDIDATES,
): Ranking {
  const entries = candidates.flatMap((id) =>
    random() < 0.2 ? [] : [[id, 1 + Math.floor(random() * 4)] as const],
  );
  return Object.fromEntries(entries);
}

/** What an election of this world says about who keeps the key; where officers do, they have said that they are ready. */
export async function custodyOf(
  { suite, box }: Pick<World, 'suite' | 'box'>,
  key = 'steering---2026',
): Promise<Pick<Election, 'custody'>> {
  if (suite === 1) return {};
  await sayAllReady(box, key);
  return { custody: await officersCustody() };
}

/** Opens an election and signs its voters in. */
export async function openElection(
  world: World,
  voters: number | readonly string[],
  changes: Partial<Election> = {},
): Promise<{ election: Election; people: Person[]; officer: Person }> {
  const election = makeElection(voters, { ...(await custodyOf(world, changes.key)), ...changes });
  must(await world.box.ensureOpened(election, at('c0')));
  const people: Person[] = [];
  const logins = typeof voters === 'number' ? Array.from({ length: voters }, (_, i) => `voter-${i}`) : voters;
  for (const login of logins) people.push(await newPerson(world, login));
  return { election, people, officer: await newPerson(world, 'officer') };
}

/** Past the end: closes and counts. */
export async function finish(world: World, election: Election): Promise<void> {
  world.clock.now = Math.max(world.clock.now, election.closesAt + 1);
  must(await world.box.close(election));
  must(await world.box.finalise(election));
}

/** Past the end: what is counted, a row of ranks a ballot, 0 for not ranked; by the server, or by the officers from their files. */
export async function countedRows(
  world: World,
  election: Election,
  { officer, voter }: { officer: Person; voter: Person },
): Promise<string[]> {
  if (world.suite === 1) {
    await finish(world, election);
    const rows = must(await world.box.ballotsCsv(election, officer))
      .trim()
      .split('\n');
    return rows.slice(1).map((row) => row.replaceAll('No opinion', '0'));
  }
  world.clock.now = Math.max(world.clock.now, election.closesAt + 1);
  must(await world.box.close(election));
  const { manifest } = must(await world.box.paper(election, voter));
  const file = must(await world.box.boxFile(election));
  if (file === null) throw new Error('expected a box for officers');
  const { rows } = await holdCount(file, manifest as OfficersManifest, election.voters.length);
  return rows.map((ranks) => ranks.join());
}

/** Closes and counts what is due by the clock, as upkeep does; the kinds of what stood in the way. */
export async function countDue({ box, clock }: Pick<World, 'box' | 'clock'>): Promise<string[]> {
  const troubles: string[] = [];
  for (const [key, row] of await box.standings()) {
    if (row.damaged || (row.state === 'open' && clock.now <= row.closesAt)) continue;
    for (const step of [box.close, box.finalise]) {
      const answer = await step({ key });
      if (!answer.ok) troubles.push(answer.error.kind);
    }
  }
  return troubles;
}
