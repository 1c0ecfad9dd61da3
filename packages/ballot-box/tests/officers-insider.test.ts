/**
 * Whoever takes everything of the server while people vote: the database after each cast (its log and every backup), the
 * secrets directory, and what passes through the server's memory.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBallot, ownHandle, pointsPerBallot } from '@elekto/custody/ballot';
import { openAsIfKnown, secretOf } from '@elekto/custody/testing';
import { tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import { handleIn, hashRecord, officersRules, recordLength } from '@elekto/protocol/ballot';
import type { Ranking, SealedCast } from '@elekto/protocol/ballot';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import { describe, expect, it } from 'vitest';
import { openKeys } from '@elekto/ballot-box';
import type { Person } from '@elekto/ballot-box';
import { electionRow } from '../src/box/election-row.ts';
import type { OpenedElection } from '../src/box/election-row.ts';
import { readRecord } from '../src/box/open-box.ts';
import { openLink } from '../src/box/participation.ts';
import type { ElectionKeys } from '../src/keys/key-store.ts';
import { openShard } from '../src/seal/shard.ts';
import { bestLinking } from './linker.ts';
import type { Evidence } from './linker.ts';
import { madeOfficers } from './officers.ts';
import { CANDIDATES, generator, look, must, openElection, seal, startWorld } from './support.ts';
import type { SuiteNumber, World } from './support.ts';

const VOTERS = 16;
const rowOf = (ranking: Ranking): string => CANDIDATES.map((id) => ranking[id]).join(',');

/** Different full rankings, so that every ballot is told apart from every other. */
function distinctRankings(): Ranking[] {
  const random = generator(11);
  const found = new Map<string, Ranking>();
  while (found.size < VOTERS) {
    const order = CANDIDATES.toSorted(() => random() - 0.5);
    found.set(order.join(), Object.fromEntries(order.map((id, index) => [id, index + 1])));
  }
  return [...found.values()];
}

/** What is taken of one voter. */
interface Taken {
  readonly login: string;
  readonly ranking: Ranking;
  /** What came in over the wire. */
  readonly cast: SealedCast;
  /** The record that their cast brought into the box: the difference of two backups. */
  readonly record: Buffer;
  /** Everything of 32 bytes that the server knows of them, and the seed's own cover. */
  readonly known: readonly Buffer[];
  /** Only their browser has it. */
  readonly seed: Buffer;
}

interface Loot {
  readonly opened: OpenedElection;
  readonly keys: ElectionKeys;
  /** Every run of 32 bytes in the secrets, and every key made of them. */
  readonly secrets: readonly Buffer[];
  readonly taken: readonly Taken[];
}

const runsOf32 = (bytes: Buffer): Buffer[] =>
  Array.from({ length: Math.max(0, bytes.length - 31) }, (_, at) => bytes.subarray(at, at + 32));

const WORDS = 'their own words';

async function replaced(world: World, election: Election, person: Person, ranking: Ranking) {
  const seen = await look(world, election, person, WORDS);
  const { cast } = await seal(world, election, person, ranking, WORDS);
  const released = await seen.letGo(cast);
  const change = { authKey: seen.claim.authKey, old: seen.claim, cast, ...released };
  must(await world.box.replace(election, person, change));
  return { cast, released };
}

async function rob(world: World): Promise<Loot> {
  const { election, people } = await openElection(world, VOTERS);
  const stolen = openKeys(join(world.dir, 'secrets'));
  const opened = await world.db.read((em) => electionRow(world, em, election.key));
  const keys = opened && (await stolen.election(opened.id));
  const link = opened && stolen.link(opened.id);
  if (!opened || !keys || !link) throw new Error('the secrets open nothing');
  const recordsNow = async (): Promise<Buffer[]> => {
    const row = await world.db.read((em) =>
      tables(em).selectFrom('ballot_box').selectAll().where('shard', '=', 0).executeTakeFirstOrThrow(),
    );
    const place = { election: opened.id, shard: 0, version: row.version };
    return [...(openShard(keys.boxKey, place, row.sealed, recordLength(opened.manifest)) ?? [])];
  };
  const taken: Taken[] = [];
  let before: Buffer[] = [];
  for (const [index, ranking] of distinctRankings().entries()) {
    const person = people[index];
    if (person === undefined) throw new Error('expected a voter');
    const { cast: first } = await seal(world, election, person, ranking, WORDS);
    must(await world.box.cast(election, person, first));
    // Every second one is replaced, and what its voter signs for that passes through the server too.
    const change = index % 2 === 0 ? null : await replaced(world, election, person, ranking);
    const cast = change?.cast ?? first;
    const now = await recordsNow();
    const record = now.find((each) => !before.some((other) => other.equals(each)));
    if (record === undefined) throw new Error('expected a record');
    before = now;
    const row = await world.db.read((em) =>
      tables(em)
        .selectFrom('participation')
        .selectAll()
        .where('user', '=', person.userId)
        .executeTakeFirstOrThrow(),
    );
    const covered = Buffer.from(openLink(row, link, opened.id, person.userId) ?? '', 'base64url');
    const wire = [cast, change?.released ?? {}]
      .flatMap((sent) => Object.values(sent))
      .filter((each) => typeof each === 'string');
    taken.push({
      login: person.login,
      ranking,
      cast,
      record,
      known: [
        Buffer.from(stolen.voterBinding(opened.id, person.userId), 'base64url'),
        ...wire
          .filter((text) => text.length < 100)
          .flatMap((text) => runsOf32(Buffer.from(text, 'base64url'))),
        ...runsOf32(covered),
        Buffer.from(row.auth_tag),
      ],
      seed: Buffer.from((await look(world, election, person, WORDS)).seed.seed),
    });
  }
  const files = readdirSync(join(world.dir, 'secrets'), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name)));
  const made = [
    keys.boxKey,
    keys.boxSigner,
    link,
    stolen.result(opened.id),
    Buffer.from(stolen.sessionPepper),
  ];
  const whole = files.filter((file) => file.length < 200).flatMap(runsOf32);
  return { opened, keys, secrets: [...made, ...whole], taken };
}

/** The rankings that are read: by the server's key, and with every guess taken for the officers' key and for a voter's seed. */
async function readAll(
  { opened, keys, taken }: Loot,
  guesses: readonly Uint8Array[],
): Promise<Map<string, string>> {
  const read = new Map<string, string>();
  for (const { login, record } of taken) {
    const byServer = readRecord(opened, keys, record, 0);
    if (byServer !== null) read.set(login, byServer.ranks.join(','));
  }
  if (opened.manifest.suite !== 2) return read;
  const rules = officersRules(opened.manifest, opened.manifestHash);
  const [first] = taken;
  for (const guess of guesses) {
    const opens = first !== undefined && openAsIfKnown(rules, first.record, guess) !== null;
    for (const { login, record } of opens ? taken : [])
      read.set(login, openAsIfKnown(rules, record, guess)?.join(',') ?? '');
    const handle = Buffer.from(ownHandle(rules, guess));
    const own = taken.find(({ record }) => handle.equals(handleIn(record)));
    const asSeed = own && openBallot(rules, guess, own.record);
    if (own !== undefined && asSeed?.ok === true) read.set(own.login, asSeed.value.ranks.join(','));
  }
  return read;
}

const rightOf = ({ taken }: Loot, read: ReadonlyMap<string, string>): number =>
  taken.filter(({ login, ranking }) => read.get(login) === rowOf(ranking)).length;

async function robbed(suite: SuiteNumber, use: (loot: Loot) => Promise<void>): Promise<void> {
  const world = await startWorld('sqlite', { suite });
  try {
    await use(await rob(world));
  } finally {
    await world.end();
  }
}

describe('an insider with the database, its backups, the secrets and the memory of the server while people vote', () => {
  it('reads every ballot where the server keeps the key', () =>
    robbed(1, async (loot) => {
      expect(rightOf(loot, await readAll(loot, []))).toBe(VOTERS);
    }));

  it('reads none where officers keep it, and links none better than by chance', { timeout: 60_000 }, () =>
    robbed(2, async (loot) => {
      const { key, shares } = await madeOfficers();
      const seeds = loot.taken.map(({ seed }) => seed);
      expect(rightOf(loot, await readAll(loot, seeds)), 'with the seeds').toBe(VOTERS);
      const quorum = secretOf(key.header, shares.slice(1));
      expect(rightOf(loot, await readAll(loot, [quorum])), 'with a quorum').toBe(VOTERS);
      const alone = shares.map((share) => secretOf(key.header, [share]));
      const known = [...loot.secrets, ...loot.taken.flatMap((voter) => voter.known), ...alone];
      expect(known.length).toBeGreaterThan(500);
      expect((await readAll(loot, known)).size, 'with all that is there, and every share by itself').toBe(0);

      const rules = officersRules(loot.opened.manifest as OfficersManifest, loot.opened.manifestHash);
      const points = pointsPerBallot(rules);
      const voters: Evidence[] = loot.taken.map(({ login, record, cast, known }, index) => {
        const parts = Array.from({ length: 4 * points }, (_, k) => record.subarray(49 + 32 * k, 81 + 32 * k));
        const all = [record.subarray(1, 17), record.subarray(17, 49), ...parts, ...known];
        return {
          name: login,
          facets: {
            ...Object.fromEntries(all.map((bytes, k) => [`part ${k}`, bytes.readUIntBE(0, 6)])),
            'order of casting': index,
            'record hash': Number.parseInt(hashRecord(loot.opened.manifestHash, record).slice(0, 12), 16),
            size: JSON.stringify(cast).length,
          },
          bytes: [record, ...known],
        };
      });
      const shown = loot.taken
        .map(({ ranking }) => ranking)
        .toSorted((a, b) => (rowOf(a) < rowOf(b) ? -1 : 1));
      const ballots: Evidence[] = shown.map((ranking, index) => ({
        name: rowOf(ranking),
        facets: { order: index, ...ranking },
        bytes: [Buffer.from(rowOf(ranking)), Buffer.from(CANDIDATES.map((id) => ranking[id] ?? 0))],
      }));
      const truth = new Map(loot.taken.map(({ login, ranking }) => [login, rowOf(ranking)]));
      const told = voters.map((voter) => ({
        ...voter,
        facets: { ...voter.facets, told: shown.findIndex((each) => rowOf(each) === truth.get(voter.name)) },
      }));
      expect(bestLinking(told, ballots, truth), 'the positive control').toBe(VOTERS);
      // By chance one link is right; ten of the best of hundreds of attempts is no chance.
      expect(bestLinking(voters, ballots, truth)).toBeLessThanOrEqual(9);
    }),
  );
});
