import * as crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '@elekto/protocol/manifest';
import type { Receipt } from '@elekto/protocol/ballot';
import * as independent from './independent/decoder.ts';

const load = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8')) as T;
const hex = (text: string): Buffer => Buffer.from(text, 'hex');

interface BallotVector {
  readonly [field: string]: string;
}
const versions = [1, 2].map((version) => ({
  version,
  ...load<{ manifest: Manifest; canonical: string; manifestHash: string }>(`manifest-${version}`),
  ...load<{
    secretKey: string;
    ballots: (BallotVector & { ranking: Record<string, number>; shard?: number })[];
  }>(`ballots-${version}`),
}));

describe.each(versions)(
  'the test vectors of manifests of version $version, decoded by an implementation that shares no code with ours,',
  ({ manifest, canonical, manifestHash, secretKey, ballots }) => {
    const hash = hex(manifestHash);

    it('hash the manifest', () => {
      expect(independent.canonical(manifest)).toBe(canonical);
      expect(independent.manifestHashOf(manifest).toString('hex')).toBe(manifestHash);
      expect(independent.publicOf(hex(secretKey)).toString('base64url')).toBe(manifest.publicKey);
    });

    it.each(ballots.map((each) => [each['passphrase'], each] as const))(
      'hold the ballot of %j',
      (_, vector) => {
        const { shard } = vector;
        const record = independent.readRecord(hex(vector['record'] ?? ''), hex(secretKey), hash, shard);
        expect(record.suite).toBe(1);
        expect(record.plain.toString('hex')).toBe(vector['encodedRanking']);
        const ranks = manifest.candidates.map((_id, at) => record.plain.readUInt16BE(at * 2));
        expect(ranks).toEqual(manifest.candidates.map((id) => vector.ranking[id] ?? 0));
        expect(record.tracker.toString('hex')).toBe(vector['tracker']);
        const binding = independent.bindingOf(record.bindingKey, {
          ...record,
          manifestHash: hash,
          voter: hex(vector['voterBinding'] ?? ''),
          shard,
        });
        expect(binding.toString('hex')).toBe(vector['binding']);
        expect(independent.recordHashOf(hash, hex(vector['record'] ?? '')).toString('hex')).toBe(
          vector['recordHash'],
        );
      },
    );

    it.each(ballots.map((each) => [each['passphrase'], each] as const))(
      'let the voter of %j open the own ballot again',
      (_, vector) => {
        const { argon2Sync } = crypto as unknown as {
          argon2Sync?: (name: string, options: object) => Buffer;
        };
        if (argon2Sync === undefined)
          throw new Error('these vectors need Node 24.7, whose own Argon2 checks ours');
        const stretched = argon2Sync('argon2id', {
          message: vector['normalisedPassphrase'],
          nonce: hex(vector['salt'] ?? ''),
          parallelism: 1,
          tagLength: 64,
          memory: 65_536,
          passes: 3,
        });
        expect(stretched.subarray(0, 32).toString('hex')).toBe(vector['authKey']);
        const seed = independent.openSeed(stretched.subarray(32), hex(vector['sealedSeed'] ?? ''), hash);
        expect(seed.toString('hex')).toBe(vector['seed']);
        const { keyMaterial, ...chosen } = independent.fromSeed(
          seed,
          hash,
          manifest.version === 1 ? manifest.shards : undefined,
        );
        const ephemeral = independent.deriveSecretKey(keyMaterial);
        const encapsulated = independent.publicOf(ephemeral);
        expect(encapsulated.toString('hex')).toBe(vector['encapsulated']);
        const handle = chosen.handle ?? independent.handleOf(hash, encapsulated);
        expect([handle.toString('hex'), chosen.shard]).toEqual([vector['handle'], vector.shard]);
        const recipient = Buffer.from(manifest.publicKey, 'base64url');
        const secrets = independent.exportSecrets(ephemeral, recipient, encapsulated, recipient, hash);
        expect(secrets.recordKey.toString('hex')).toBe(vector['recordKey']);
        expect(secrets.tracker.toString('hex')).toBe(vector['tracker']);
      },
    );
  },
);

describe('the test vectors, decoded by an implementation that shares no code with ours', () => {
  it('frame parts', () => {
    for (const { domain, parts, framed } of load<{ domain: string; parts: string[]; framed: string }[]>(
      'framing-1',
    )) {
      expect(independent.frame(domain, ...parts).toString('hex')).toBe(framed);
    }
  });

  it('sign the receipt', () => {
    const { message, receipt } = load<{ message: string; receipt: Receipt }>('receipt-1');
    const made = independent.receiptMessageOf(receipt.election, receipt.manifestHash, receipt.recordHash);
    expect(made.toString('hex')).toBe(message);
    const key = Buffer.from(receipt.publicKey, 'base64url');
    const signature = Buffer.from(receipt.signature, 'base64url');
    expect(independent.isSignedBy(key, made, signature)).toBe(true);
    expect(independent.isSignedBy(key, Buffer.from('another message'), signature)).toBe(false);
  });

  it('lead to the roots', () => {
    const vectors = load<{
      counted: { tracker: string; ranks: number[]; leaf: string }[];
      root: string;
      rootsOfLeaves: { leaves: string[]; root: string }[];
    }>('merkle-1');
    const leaves = vectors.counted.map(({ tracker, ranks }) => independent.leafOf(tracker, ranks));
    expect(leaves.map((leaf) => leaf.toString('hex'))).toEqual(vectors.counted.map(({ leaf }) => leaf));
    expect(independent.rootOf(leaves).toString('hex')).toBe(vectors.root);
    for (const { leaves: some, root } of vectors.rootsOfLeaves)
      expect(independent.rootOf(some.map(hex)).toString('hex')).toBe(root);
  });
});
