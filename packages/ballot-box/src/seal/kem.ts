import {
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { EXPORTS, SIZES, hpkeInfo } from '@elekto/protocol/ballot';

/**
 * The receiver's side of HPKE suite 1 (RFC 9180, base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305),
 * as far as ballots use it: the export of secrets. By OpenSSL, without a turn of the thread pool for each step, of which there
 * are several: what a cast and a count are made of for the most part.
 */
export interface KemKey {
  readonly secret: KeyObject;
  readonly publicKey: Uint8Array;
}

const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex');
const HASH = 32;

/** `suite_id` of RFC 9180 §4.1 and §5.1. */
const KEM_ID = Buffer.from('4b454d0020', 'hex');
const HPKE_ID = Buffer.from('48504b45002000010003', 'hex');
const NOTHING = Buffer.alloc(0);

// Keys are wrapped first: Node takes three times as long for an HMAC or a cipher whose key is given as bytes.

/** §4: HKDF-Extract of a labelled input. */
const labeledExtract = (suite: Buffer, salt: KeyObject, label: string, ikm: Uint8Array): Buffer =>
  createHmac('sha256', salt)
    .update(Buffer.concat([VERSION, suite, Buffer.from(label)]))
    .update(ikm)
    .digest();

/** §4: the first block of HKDF-Expand, which is all that is asked for here: at most 32 bytes. `info` is no secret: it is copied. */
function labeledExpand(
  suite: Buffer,
  key: KeyObject,
  label: string,
  info: readonly Uint8Array[],
  length: number,
): Buffer {
  const message = [Buffer.of(length >> 8, length & 255), VERSION, suite, Buffer.from(label), ...info, FIRST];
  return createHmac('sha256', key).update(Buffer.concat(message)).digest().subarray(0, length);
}

const VERSION = Buffer.from('HPKE-v1');
/** The number of the block. */
const FIRST = Buffer.of(1);
/** An absent salt is as many zeros as the hash has bytes, which is what an empty HMAC key is. */
const NO_SALT = createSecretKey(NOTHING);
const PSK_ID_HASH = labeledExtract(HPKE_ID, NO_SALT, 'psk_id_hash', NOTHING);
const BASE_MODE = Buffer.of(0);

/** Of one election a box is opened thousands of times. */
let informed: { readonly manifestHash: string; readonly hash: Buffer } = { manifestHash: '', hash: NOTHING };
function infoHash(manifestHash: string): Buffer {
  if (informed.manifestHash !== manifestHash) {
    const hash = labeledExtract(HPKE_ID, NO_SALT, 'info_hash', hpkeInfo(manifestHash));
    informed = { manifestHash, hash };
  }
  return informed.hash;
}

/** A new key pair, raw. */
export function makeKem(): { secret: Buffer; publicKey: Buffer } {
  const pair = generateKeyPairSync('x25519');
  return {
    secret: pair.privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-HASH),
    publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-HASH),
  };
}

/** Takes the secret over into OpenSSL's keeping: the bytes given, and the copy made of them, are zeroed. */
export function readKem(raw: Uint8Array): KemKey {
  const der = Buffer.concat([PKCS8_X25519, raw]);
  try {
    const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' });
    return { secret, publicKey: spki.subarray(-HASH) };
  } finally {
    der.fill(0);
    raw.fill(0);
  }
}

/** One of the secrets that an encapsulation carries: 32 bytes, or of a tracker as many as it has. */
export type Exporter = (secret: keyof typeof EXPORTS) => Buffer;

/** §4.1, §5.1 and §5.3: what exports the secrets of an encapsulation; null for a share that is no point of the curve, or one of small order. */
export function receive(key: KemKey, manifestHash: string, encapsulated: Uint8Array): Exporter | null {
  const dh = agree(key.secret, encapsulated);
  if (dh === null) return null;
  const prk = labeledExtract(KEM_ID, NO_SALT, 'eae_prk', dh);
  const context = [encapsulated, key.publicKey];
  const shared = labeledExpand(KEM_ID, createSecretKey(prk), 'shared_secret', context, HASH);
  const secret = labeledExtract(HPKE_ID, createSecretKey(shared), 'secret', NOTHING);
  const schedule = [BASE_MODE, PSK_ID_HASH, infoHash(manifestHash)];
  const exporter = labeledExpand(HPKE_ID, createSecretKey(secret), 'exp', schedule, HASH);
  const exporting = createSecretKey(exporter);
  for (const passing of [dh, prk, shared, secret, exporter]) passing.fill(0);
  return (name) =>
    labeledExpand(HPKE_ID, exporting, 'sec', [EXPORTS[name]], name === 'tracker' ? SIZES.tracker : HASH);
}

/** X25519; null when it comes out as zero, which OpenSSL refuses as RFC 9180 §7.1.4 wants. */
function agree(privateKey: KeyObject, encapsulated: Uint8Array): Buffer | null {
  if (encapsulated.length !== SIZES.encapsulated) return null;
  try {
    const key = Buffer.concat([SPKI_X25519, encapsulated]);
    return diffieHellman({ privateKey, publicKey: createPublicKey({ key, format: 'der', type: 'spki' }) });
  } catch {
    return null;
  }
}

/** ChaCha20-Poly1305 under a key that encrypted this one message; null when it does not open. */
export function openOnce(key: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Buffer | null {
  if (sealed.length < SIZES.tag) return null;
  const decipher = createDecipheriv('chacha20-poly1305', createSecretKey(key), Buffer.alloc(12), {
    authTagLength: SIZES.tag,
  });
  decipher.setAAD(aad, { plaintextLength: sealed.length - SIZES.tag });
  decipher.setAuthTag(sealed.subarray(sealed.length - SIZES.tag));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - SIZES.tag)), decipher.final()]);
  } catch {
    return null;
  }
}
