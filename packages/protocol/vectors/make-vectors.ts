/**
 * Writes the test vectors of docs/wire-format.md. Fixed inputs give fixed files. Ballots may be
 * added; a format that changes gets a new version and new file names: node packages/protocol/vectors/make-vectors.ts
 */
import { createHash, createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { DhkemX25519HkdfSha256 } from '@hpke/core';
import type { Manifest, ManifestV1, ManifestV2 } from '@elekto/protocol/manifest';
import { stretch } from '../src/voter/stretch.ts';
import { normalisePassphrase } from '@elekto/protocol/voter';
import { sealOnce, shareSecrets } from '../src/voter/hpke.ts';
import {
  KDF,
  canonicalJson,
  encodeText,
  framed,
  merkleTree,
  merkleRoot,
  toBase64Url,
  toHex,
} from '@elekto/wire';
import { ballotLeaf, ballotsRoot } from '@elekto/protocol/result';
import {
  bindingMessage,
  encodeRanking,
  encodeRecord,
  hashRecord,
  keyMaterialOf,
  placeOf,
  receiptMessage,
  recordAad,
  seedAad,
} from '@elekto/protocol/ballot';
import { hashManifest } from '@elekto/protocol/manifest';

const bytes = (name: string, length: number): Uint8Array<ArrayBuffer> => {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += 32) {
    out.set(
      createHash('sha256')
        .update(`elekto vector ${name} ${at}`)
        .digest()
        .subarray(0, length - at),
      at,
    );
  }
  return out;
};
const write = (name: string, value: unknown): void =>
  writeFileSync(new URL(`./${name}.json`, import.meta.url), `${JSON.stringify(value, null, 2)}\n`);

const kem = new DhkemX25519HkdfSha256();
const pair = await kem.deriveKeyPair(bytes('election key material', 32).buffer);
const secretKey = new Uint8Array(await kem.serializePrivateKey(pair.privateKey));
const publicKey = new Uint8Array(await kem.serializePublicKey(pair.publicKey));

const common = {
  key: 'steering---2026',
  name: 'Steering Committee “2026”',
  seats: 2,
  counting: {
    method: 'schulze',
    strength: 'winning',
    unranked: 'no-opinion',
    secondary: false,
    order: 'losses',
  },
  representationLimit: { field: 'employer', max: 1 },
  limitValues: { ada: 'engines ltd', grace: 'navy' },
  candidates: ['249043822', 'Zoë', 'ada', 'grace', '😀'],
  allowNoOpinion: true,
  receipts: 'after_close',
  deleteAfter: false,
  publicKey: toBase64Url(publicKey),
  suite: 1,
  sourceCommit: '0123456789abcdef0123456789abcdef01234567',
} as const;
const { sourceCommit, ...fixed } = common;
const first: ManifestV1 = { version: 1, ...fixed, shards: 7, sourceCommit };
const second: ManifestV2 = {
  version: 2,
  ...common,
  kind: 'election',
  run: toHex(bytes('run', 16)),
  names: {
    '249043822': 'No. 249043822',
    Zoë: 'Zoë Q.',
    ada: 'Ada Lovelace',
    grace: 'Grace Hopper',
    '😀': 'Smile',
  },
};
for (const manifest of [first, second]) {
  const manifestHash = hashManifest(manifest);
  write(`manifest-${manifest.version}`, { manifest, canonical: canonicalJson(manifest), manifestHash });
}

write('framing-1', [
  { domain: 'elekto/example/1', parts: [], framed: toHex(framed('elekto/example/1')) },
  {
    domain: 'elekto/example/1',
    parts: ['', 'ab', 'é😀'],
    framed: toHex(framed('elekto/example/1', '', 'ab', 'é😀')),
  },
]);

async function ballot(manifest: Manifest, name: string, ranking: Record<string, number>) {
  const manifestHash = hashManifest(manifest);
  const seed = bytes(`seed ${name}`, 32);
  const voterBinding = bytes(`voter ${name}`, 32);
  const keyMaterial = keyMaterialOf(seed, manifestHash);
  const secrets = await shareSecrets(publicKey, manifestHash, keyMaterial);
  const { encapsulated } = secrets;
  const place = placeOf({ manifest, manifestHash }, seed, encapsulated);
  const plain = encodeRanking(manifest.candidates, ranking);
  const ciphertext = await sealOnce(secrets.recordKey, plain, recordAad(manifestHash, place));
  const message = bindingMessage({ manifestHash, voterBinding, place, encapsulated, ciphertext });
  const record = encodeRecord(place.handle, encapsulated, ciphertext);
  const passphrase = `  Six ${name} words`;
  const salt = bytes(`salt ${name}`, 16);
  const stretched = await stretch({ passphrase: normalisePassphrase(passphrase), salt, kdf: KDF });
  const sealedSeed = await sealOnce(
    stretched.slice(32) as Uint8Array<ArrayBuffer>,
    seed,
    seedAad(manifestHash),
  );
  return {
    seed: toHex(seed),
    voterBinding: toHex(voterBinding),
    ranking,
    encodedRanking: toHex(plain),
    handle: toHex(place.handle),
    ...(place.shard !== null && { shard: place.shard }),
    keyMaterial: toHex(keyMaterial),
    encapsulated: toHex(encapsulated),
    recordKey: toHex(secrets.recordKey),
    bindingKey: toHex(secrets.bindingKey),
    tracker: toHex(secrets.tracker),
    ciphertext: toHex(ciphertext),
    binding: createHmac('sha256', secrets.bindingKey).update(message).digest('hex'),
    record: toHex(record),
    recordHash: hashRecord(manifestHash, record),
    passphrase,
    normalisedPassphrase: normalisePassphrase(passphrase),
    kdf: KDF,
    salt: toHex(salt),
    authKey: toHex(stretched.subarray(0, 32)),
    sealedSeed: toHex(sealedSeed),
  };
}
const ballotsOf = async (manifest: Manifest) => [
  await ballot(manifest, 'ordinary', { ada: 1, grace: 2, Zoë: 2 }),
  await ballot(manifest, 'blank', {}),
  await ballot(manifest, 'complete', { '😀': 5, grace: 4, ada: 3, Zoë: 2, '249043822': 1 }),
  // Ranks stand as they were given: gaps are neither closed nor refused.
  await ballot(manifest, 'gap', { '😀': 2, grace: 5, ada: 5 }),
];
const ballots = await ballotsOf(first);
const manifest = first;
const manifestHash = hashManifest(first);
write('ballots-1', { secretKey: toHex(secretKey), manifestHash, ballots });
write('ballots-2', {
  secretKey: toHex(secretKey),
  manifestHash: hashManifest(second),
  ballots: await ballotsOf(second),
});

const signingSeed = bytes('signing seed', 32);
const { createPrivateKey, createPublicKey, sign } = await import('node:crypto');
const signing = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), signingSeed]),
  format: 'der',
  type: 'pkcs8',
});
const verifying = createPublicKey(signing).export({ format: 'der', type: 'spki' }).subarray(-32);
const recordHash = ballots[0]?.recordHash ?? '';
const message = receiptMessage(manifest.key, manifestHash, recordHash);
write('receipt-1', {
  message: toHex(message),
  receipt: {
    version: 1,
    election: manifest.key,
    manifestHash,
    recordHash,
    signature: sign(null, message, signing).toString('base64url'),
    publicKey: verifying.toString('base64url'),
  },
});

const counted = ballots
  .map((each) => ({
    tracker: each.tracker,
    ranks: manifest.candidates.map((id) => (each.ranking as Record<string, number>)[id] ?? 0),
  }))
  .toSorted((a, b) => (a.tracker < b.tracker ? -1 : 1));
const leaves = Array.from({ length: 9 }, (_, index) => encodeText(`leaf ${index}`));
write('merkle-1', {
  counted: counted.map((each) => ({ ...each, leaf: toHex(ballotLeaf(each.tracker, each.ranks)) })),
  root: ballotsRoot(counted),
  rootsOfLeaves: leaves.map((_, size) => ({
    leaves: leaves.slice(0, size).map((leaf) => toHex(leaf)),
    root: toHex(merkleRoot(leaves.slice(0, size))),
  })),
  paths: [0, 4, 6].map((index) => ({
    index,
    size: 7,
    path: merkleTree(leaves.slice(0, 7)).path(index).map(toHex),
  })),
});
