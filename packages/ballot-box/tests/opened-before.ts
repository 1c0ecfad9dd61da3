import { randomBytes } from 'node:crypto';
import { tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import type { Person } from '@elekto/ballot-box';
import { recordLength } from '@elekto/protocol/ballot';
import { hashManifest, makeManifest } from '@elekto/protocol/manifest';
import type { ManifestV1 } from '@elekto/protocol/manifest';
import { canonicalJson } from '@elekto/wire';
import { Records } from '../src/seal/records.ts';
import { sealShard } from '../src/seal/shard.ts';
import { takeOver } from '../src/pairing/take-over.ts';
import { TEST_KDF, at, makeElection, must, newPerson } from './support.ts';
import type { World } from './support.ts';

/**
 * The rows of an election as the version before the pin wrote them at its opening, and the migration left them:
 * a manifest of version 1, a MAC over the columns there were.
 */
export async function rowsOfBefore(world: World, election: Election): Promise<string> {
  const id = randomBytes(16).toString('hex');
  await world.keys.create(id);
  const own = await world.keys.election(id);
  if (own === null) throw new Error('expected the keys');
  const {
    kind: _,
    run: __,
    names: ___,
    edition: ____,
    suite: _____,
    ...common
  } = makeManifest(election, {
    kind: 'election',
    run: '',
    keys: own.publicKeys,
    sourceCommit: 'c-before',
  });
  const shards = Math.max(1, Math.ceil(election.voters.length / 500));
  const manifest: ManifestV1 = { ...common, version: 1, suite: 1, shards };
  const keys = await world.keys.election(id);
  const length = recordLength(manifest);
  const parts = [id, election.key, 'open', 'false', hashManifest(manifest)];
  const dates = [String(election.opensAt), String(election.closesAt), 'null'];
  await world.db.transaction(async (em) => {
    await tables(em)
      .insertInto('election')
      .values({
        id,
        key: election.key,
        state: 'open',
        withdrawn: 0,
        manifest: canonicalJson(manifest),
        manifest_hash: hashManifest(manifest),
        opens_at: election.opensAt,
        closes_at: election.closesAt,
        closed_at: null,
        seen_commit: 'c-before',
        roll: JSON.stringify(election.voters.map(({ login }) => login).toSorted()),
        mac: world.keys.mac('elekto/election row/1', ...parts, ...dates),
        // What migration 0003 gives rows that are there.
        pinned: 1,
        fetched_from: 0,
        file_closes_at: null,
        shards: 0,
        former_roll: '[]',
        roll_hash: '',
        origin: 'held',
        struck: '[]',
        restart_asked: null,
        voided: '[]',
        version: 0,
      })
      .execute();
    const rows = Array.from({ length: shards }, (_each, shard) => ({
      election: id,
      shard,
      version: 1,
      sealed: sealShard(
        keys?.boxKey ?? Buffer.alloc(32),
        { election: id, shard, version: 1 },
        Records.of([], length),
      ),
    }));
    await tables(em).insertInto('ballot_box').values(rows).execute();
  });
  return id;
}

/** The start of the version that authenticates what is there. */
export async function upgrade({ db, keys, clock }: World): Promise<void> {
  const now = () => Promise.resolve(clock.now);
  must(
    await takeOver(
      {
        db,
        keys,
        now,
        doubt: () => Promise.resolve(null),
        kdf: TEST_KDF,
        kind: 'election',
      },
      null,
    ),
  );
}

/** An election that was open at the upgrade, after the first reading of the repository. */
export async function openAsBefore(
  world: World,
  voters: number,
  changes: Partial<Election> = {},
): Promise<{ election: Election; people: Person[]; officer: Person }> {
  const election = makeElection(voters, changes);
  await rowsOfBefore(world, election);
  await upgrade(world);
  must(await world.box.ensureOpened(election, at('c-before')));
  const people: Person[] = [];
  for (let i = 0; i < voters; i += 1) people.push(await newPerson(world, `voter-${i}`));
  return { election, people, officer: await newPerson(world, 'officer') };
}
