/** What a client that keeps to no rule of its own can reach: its own ballot, and nothing of anybody else's. */
import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import type { BallotPaper, Place, SealedCast } from '@elekto/protocol/ballot';
import { bindingMessage, encodeRanking, keyMaterialOf, placeOf, recordAad } from '@elekto/protocol/ballot';
import { verifyResults } from '@elekto/protocol/result';
import { sealOnce, shareSecrets } from '@elekto/protocol/voter';
import { fromBase64Url, toBase64Url, toHex } from '@elekto/wire';
import { DIALECTS, castFor, finish, kindOf, must, openElection, startWorld } from './support.ts';
import type { Ranking, World } from './support.ts';
import { openAsBefore } from './opened-before.ts';

const random = (n: number) => crypto.getRandomValues(new Uint8Array(n));

/** Seals like the page, but for what the client decides itself. */
async function hostileSeal(
  paper: BallotPaper,
  ranking: Ranking,
  own: { readonly seed?: Uint8Array; readonly place?: Place },
): Promise<{ cast: SealedCast; tracker: string }> {
  const { manifest, manifestHash } = paper;
  const seed = own.seed ?? random(32);
  const publicKey = fromBase64Url(manifest.publicKey, 32) as Uint8Array<ArrayBuffer>;
  const voterBinding = fromBase64Url(paper.voterBinding, 32) as Uint8Array;
  const secrets = await shareSecrets(publicKey, manifestHash, keyMaterialOf(seed, manifestHash));
  const { encapsulated } = secrets;
  const place = own.place ?? placeOf(paper, seed, encapsulated);
  const plain = encodeRanking(manifest.candidates, ranking);
  const ciphertext = await sealOnce(secrets.recordKey, plain, recordAad(manifestHash, place));
  const message = bindingMessage({ manifestHash, voterBinding, place, encapsulated, ciphertext });
  return {
    tracker: toHex(secrets.tracker),
    cast: {
      manifestHash,
      suite: 1,
      ...(place.shard !== null && { handle: toBase64Url(place.handle), shard: place.shard }),
      encapsulated: toBase64Url(encapsulated),
      ciphertext: toBase64Url(ciphertext),
      binding: createHmac('sha256', secrets.bindingKey).update(message).digest('base64url'),
      kdf: paper.kdf.id,
      salt: toBase64Url(random(16)),
      authKey: toBase64Url(random(32)),
      sealedSeed: toBase64Url(random(48)),
    },
  };
}

describe.each(DIALECTS)('hostile clients on %s', (dialect) => {
  let world: World;
  afterEach(() => world.end());
  /** More than one shard. */
  const MANY = Array.from({ length: 1001 }, (_, i) => ({ login: `voter-${i}`, line: i + 2 }));
  const verified = async (election: Election, officer: Person) =>
    verifyResults({
      ballotsCsv: must(await world.box.ballotsCsv(election, officer)),
      resultsJson: must(await world.box.resultsJson(election, officer)),
      publicKey: world.keys.publicKey,
    });

  it('choose neither handle nor shard', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 12, { voters: MANY });
    for (const person of people.slice(0, 10)) await castFor(world, election, person, { ada: 1 });
    const handle = random(16);
    for (const shard of [null, 0, 1]) {
      const voter = people[10] as Person;
      const paper = must(await world.box.paper(election, voter));
      const { cast } = await hostileSeal(paper, { mary: 1 }, { place: { handle, shard } });
      expect(kindOf(await world.box.cast(election, voter, cast))).toBe('malformed-ballot');
    }
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(10);
    expect((await verified(election, officer)).ok).toBe(true);
  });

  it('who share a seed are told, whatever they rank: one ballot of it is taken', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openElection(world, 12, { voters: MANY });
    const seed = random(32);
    const kinds: string[] = [];
    for (const [index, person] of people.slice(0, 4).entries()) {
      const paper = must(await world.box.paper(election, person));
      const { cast } = await hostileSeal(paper, index === 0 ? { mary: 1 } : { ada: index }, { seed });
      kinds.push(kindOf(await world.box.cast(election, person, cast)));
    }
    expect(kinds).toEqual(['accepted', 'duplicate-handle', 'duplicate-handle', 'duplicate-handle']);
    // Who was told has not voted, and votes with a seed of their own.
    await castFor(world, election, people[1] as Person, { grace: 1 });
    await finish(world, election);
    expect(must(await world.box.outcome(election, officer)).cast).toBe(2);
    expect((await verified(election, officer)).ok).toBe(true);
  });

  it('block no count of an election that was opened before, when browsers chose handle and shard', async () => {
    world = await startWorld(dialect);
    const { election, people, officer } = await openAsBefore(world, 12, { voters: MANY });
    for (const person of people.slice(0, 8)) await castFor(world, election, person, { ada: 1 });
    const cast = async (person: Person, own: { seed?: Uint8Array; place: Place }) => {
      const paper = must(await world.box.paper(election, person));
      const sealed = await hostileSeal(paper, { mary: 1 }, own);
      must(await world.box.cast(election, person, sealed.cast));
    };
    const handle = random(16);
    await cast(people[8] as Person, { place: { handle, shard: 0 } });
    await cast(people[9] as Person, { place: { handle, shard: 1 } });
    const seed = random(32);
    await cast(people[10] as Person, { seed, place: { handle: random(16), shard: 0 } });
    await cast(people[11] as Person, { seed, place: { handle: random(16), shard: 1 } });
    await finish(world, election);
    // Two handles alike are two ballots; of one seed there is one tracker, and one ballot under it.
    expect(must(await world.box.outcome(election, officer)).cast).toBe(11);
    expect((await verified(election, officer)).ok).toBe(true);
    expect(must(await world.box.audit(election, officer)).at(-1)?.detail).toBe(
      '11 ballots; 1 set aside, made from the same seed as another one',
    );
  });
});
