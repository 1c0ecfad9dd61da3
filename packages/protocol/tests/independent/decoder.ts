/**
 * A second implementation of the formats in docs/wire-format.md, written from that document. It imports
 * nothing but Node's own modules, so that it cannot agree with the first one by sharing its mistakes.
 */
import {
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  verify,
} from 'node:crypto';

const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest();
const hmac = (key: Buffer, data: Buffer): Buffer => createHmac('sha256', key).update(data).digest();
const u16 = (n: number): Buffer => Buffer.from([n >> 8, n & 255]);

/** §1 Framing. */
export function frame(...parts: (string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part as string);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** §2 Canonical JSON. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return '[' + value.map(canonical).join(',') + ']';
  if (value !== null && typeof value === 'object') {
    const keys = Object.keys(value).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return (
      '{' +
      keys
        .map((key) => JSON.stringify(key) + ':' + canonical((value as Record<string, unknown>)[key]))
        .join(',') +
      '}'
    );
  }
  return JSON.stringify(value);
}

export const manifestHashOf = (manifest: { version: number }): Buffer =>
  sha256(frame(`elekto/manifest/${manifest.version}`, canonical(manifest)));

const hkdf = (key: Buffer, salt: Buffer, info: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, length));

/** §4 What the seed gives; handle and shard only of a manifest of version 1. */
export function fromSeed(seed: Buffer, manifestHash: Buffer, shards: number | undefined) {
  const keyMaterial = hkdf(seed, manifestHash, 'elekto/seed/encapsulation', 32);
  if (shards === undefined) return { keyMaterial };
  const shard = hkdf(seed, manifestHash, 'elekto/seed/shard', 8).readBigUInt64BE() % BigInt(shards);
  return { keyMaterial, handle: hkdf(seed, manifestHash, 'elekto/seed/handle', 16), shard: Number(shard) };
}

/** §5 The handle of a record of version 2. */
export const handleOf = (manifestHash: Buffer, encapsulated: Buffer): Buffer =>
  sha256(frame('elekto/handle/1', manifestHash, encapsulated)).subarray(0, 16);

/** RFC 9180 §4 with the suite ids of DHKEM(X25519, HKDF-SHA256) and of the whole suite 1. */
const KEM = Buffer.concat([Buffer.from('KEM'), u16(0x0020)]);
const SUITE = Buffer.concat([Buffer.from('HPKE'), u16(0x0020), u16(0x0001), u16(0x0003)]);

const extract = (suite: Buffer, salt: Buffer, label: string, ikm: Buffer): Buffer =>
  hmac(
    salt.length === 0 ? Buffer.alloc(32) : salt,
    Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(label), ikm]),
  );

function expand(suite: Buffer, prk: Buffer, label: string, info: Buffer, length: number): Buffer {
  const labeled = Buffer.concat([u16(length), Buffer.from('HPKE-v1'), suite, Buffer.from(label), info]);
  let block: Buffer = Buffer.alloc(0);
  let out: Buffer = Buffer.alloc(0);
  for (let i = 1; out.length < length; i += 1) {
    block = hmac(prk, Buffer.concat([block, labeled, Buffer.from([i])]));
    out = Buffer.concat([out, block]);
  }
  return out.subarray(0, length);
}

const secretKeyOf = (raw: Buffer) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), raw]),
    format: 'der',
    type: 'pkcs8',
  });
const publicKeyOf = (raw: Buffer, oid = '302a300506032b656e032100') =>
  createPublicKey({ key: Buffer.concat([Buffer.from(oid, 'hex'), raw]), format: 'der', type: 'spki' });
export const publicOf = (secret: Buffer): Buffer =>
  createPublicKey(secretKeyOf(secret)).export({ format: 'der', type: 'spki' }).subarray(-32);

/** RFC 9180 §7.1.3. */
export const deriveSecretKey = (ikm: Buffer): Buffer =>
  expand(KEM, extract(KEM, Buffer.alloc(0), 'dkp_prk', ikm), 'sk', Buffer.alloc(0), 32);

/** RFC 9180 §4.1, §5.1, §5.3: the exported secrets, from either secret key. */
export function exportSecrets(
  own: Buffer,
  peer: Buffer,
  encapsulated: Buffer,
  recipient: Buffer,
  manifestHash: Buffer,
) {
  const dh = diffieHellman({ privateKey: secretKeyOf(own), publicKey: publicKeyOf(peer) });
  const prk = extract(KEM, Buffer.alloc(0), 'eae_prk', dh);
  const shared = expand(KEM, prk, 'shared_secret', Buffer.concat([encapsulated, recipient]), 32);
  const info = frame('elekto/ballot/1', manifestHash);
  const context = Buffer.concat([
    Buffer.from([0]),
    extract(SUITE, Buffer.alloc(0), 'psk_id_hash', Buffer.alloc(0)),
    extract(SUITE, Buffer.alloc(0), 'info_hash', info),
  ]);
  const exporter = expand(SUITE, extract(SUITE, shared, 'secret', Buffer.alloc(0)), 'exp', context, 32);
  const exported = (name: string, length: number): Buffer =>
    expand(SUITE, exporter, 'sec', Buffer.from(name), length);
  return {
    recordKey: exported('elekto/record key', 32),
    bindingKey: exported('elekto/binding key', 32),
    tracker: exported('elekto/tracker', 16),
  };
}

function open(
  name: 'chacha20-poly1305' | 'aes-256-gcm',
  key: Buffer,
  nonce: Buffer,
  sealed: Buffer,
  aad: Buffer,
): Buffer {
  const decipher = createDecipheriv(name as 'chacha20-poly1305', key, nonce, { authTagLength: 16 });
  decipher.setAAD(aad, { plaintextLength: sealed.length - 16 });
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}
const NO_NONCE = Buffer.alloc(12);

/** §5 The record and the ranking in it. */
export function readRecord(
  record: Buffer,
  electionSecret: Buffer,
  manifestHash: Buffer,
  shard: number | undefined,
) {
  const [suite, handle, encapsulated, ciphertext] = [
    record[0],
    record.subarray(1, 17),
    record.subarray(17, 49),
    record.subarray(49),
  ];
  const secrets = exportSecrets(
    electionSecret,
    encapsulated,
    encapsulated,
    publicOf(electionSecret),
    manifestHash,
  );
  const aad =
    shard === undefined
      ? frame('elekto/record/2', manifestHash, handle)
      : frame('elekto/record/1', manifestHash, handle, String(shard));
  const plain = open('chacha20-poly1305', secrets.recordKey, NO_NONCE, ciphertext, aad);
  return { suite, handle, encapsulated, ciphertext, plain, ...secrets };
}

/** §6 The binding to one voter. */
export const bindingOf = (
  key: Buffer,
  parts: {
    manifestHash: Buffer;
    voter: Buffer;
    handle: Buffer;
    shard: number | undefined;
    encapsulated: Buffer;
    ciphertext: Buffer;
  },
): Buffer =>
  hmac(
    key,
    frame(
      parts.shard === undefined ? 'elekto/binding/2' : 'elekto/binding/1',
      parts.manifestHash,
      parts.voter,
      parts.handle,
      ...(parts.shard === undefined ? [] : [String(parts.shard)]),
      parts.encapsulated,
      parts.ciphertext,
    ),
  );

export const recordHashOf = (manifestHash: Buffer, record: Buffer): Buffer =>
  sha256(frame('elekto/record hash/1', manifestHash, record));

/** §7 The seed under the passphrase. */
export const openSeed = (seedKey: Buffer, sealedSeed: Buffer, manifestHash: Buffer): Buffer =>
  open('chacha20-poly1305', seedKey, NO_NONCE, sealedSeed, frame('elekto/sealed seed/1', manifestHash));

/** §8 Receipts. */
export const receiptMessageOf = (election: string, manifestHash: string, recordHash: string): Buffer =>
  frame('elekto/receipt/1', election, Buffer.from(manifestHash, 'hex'), Buffer.from(recordHash, 'hex'));
export const isSignedBy = (publicKey: Buffer, message: Buffer, signature: Buffer): boolean =>
  verify(null, message, publicKeyOf(publicKey, '302a300506032b6570032100'), signature);

/** §9 The tree of RFC 6962 §2.1, built level by level instead of by recursion over halves. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  let level = leaves.map((leaf) => sha256(Buffer.concat([Buffer.from([0]), leaf])));
  if (level.length === 0) return sha256(Buffer.alloc(0));
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i] as Buffer, level[i + 1]];
      next.push(right === undefined ? left : sha256(Buffer.concat([Buffer.from([1]), left, right])));
    }
    level = next;
  }
  return level[0] as Buffer;
}
export const leafOf = (tracker: string, ranks: readonly number[]): Buffer =>
  frame('elekto/counted ballot/1', tracker, ranks.join(','));

/** §10 A sealed shard. */
export function openShard(
  key: Buffer,
  sealed: Buffer,
  election: string,
  shard: number,
  version: number,
): Buffer[] {
  const aad = frame('elekto/shard/1', election, String(shard), String(version));
  const plain = open('aes-256-gcm', key, sealed.subarray(0, 12), sealed.subarray(12), aad);
  const [count, length] = [plain.readUInt32BE(0), plain.readUInt32BE(4)];
  if (((plain.length - 8) / length) % 64 !== 0)
    throw new Error('a shard is padded to a multiple of 64 records');
  return Array.from({ length: count }, (_, i) => plain.subarray(8 + i * length, 8 + (i + 1) * length));
}
