import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { framed, toBase64Url } from '@elekto/wire';
import { makeKem, readKem } from '../seal/kem.ts';
import type { KemKey } from '../seal/kem.ts';
import { openBytes, sealBytes } from './aead.ts';
import { KeysError } from './keys-error.ts';
import { directoryFiles, filesToLook, memoryFiles } from './secret-files.ts';
import type { SecretFiles } from './secret-files.ts';
import { endedSignIns } from './ended-sign-ins.ts';
import type { EndedSignIns } from './ended-sign-ins.ts';
import { createWitness } from './witness.ts';
import type { Witness } from './witness.ts';

/** What opens one election's box and ballots. Exists from the opening to the count. */
export interface ElectionKeys {
  readonly boxKey: Buffer;
  readonly kem: KemKey;
  /** Ed25519, raw: signs the box that officers count. Gone with the rest, so that no second box can be signed. */
  readonly boxSigner: Buffer;
  /** What ballots of suite 1 are sealed to, and what checks a signed box; base64url. */
  readonly publicKeys: { readonly sealing: string; readonly box: string };
}

/** The server's secrets: a directory that is never in the database, nor in its backups. */
export interface KeyStore {
  /** Ed25519, raw, base64url. */
  readonly publicKey: string;
  /** Ed25519 signature, base64url. */
  sign(message: Uint8Array): string;
  /** 32 bytes that tie a ballot to one voter of one election, who has withdrawn that often; base64url. */
  voterBinding(election: string, user: string, withdrawals?: number): string;
  /** HMAC under a key outside the database, base64url: what the server has written, it recognises. */
  mac(domain: string, ...parts: readonly string[]): string;
  /** For `startDatabase`: authenticates people and sessions. */
  readonly sessionPepper: Uint8Array;
  /** Seals what browsers and native apps keep for us while somebody signs in: cookies, codes. 32 bytes. */
  readonly sessions: Uint8Array;
  /** Tells these keys from others without telling them. Hex. */
  readonly fingerprint: string;
  /** What is known of the database outside of it. */
  readonly witness: Witness;
  /** Which sign-ins count no more, whatever the database says. */
  readonly endedSignIns: EndedSignIns;
  /** Makes an election's keys; its HPKE public key, base64url. */
  create(election: string): Promise<string>;
  /** null once destroyed. Throws KeysError when they exist and do not open. */
  election(election: string): Promise<ElectionKeys | null>;
  /** The key over the link from a voter to the seed of their ballot; null once destroyed. */
  link(election: string): Buffer | null;
  /** The key of the stored result. */
  result(election: string): Buffer;
  /** Destroys what opens box and ballots. Irreversible. */
  destroyElection(election: string): void;
  /** Destroys the links between voters and ballots. Irreversible. */
  destroyLink(election: string): void;
  /** The last checkpoint that a version without a witness knew; null where there is none. */
  readHead(election: string): string | null;
  forgetHead(election: string): void;
  /** Whether there are keys of any election that is not counted. */
  holdsAny(): boolean;
  /** Whether the keys of box and ballots still exist. */
  holds(election: string): boolean;
}

const NAME = /^[0-9a-f]{32}$/;
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');

const privateKeyOf = (prefix: Buffer, secret: Uint8Array): KeyObject => {
  const key = Buffer.concat([prefix, secret]);
  const made = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  key.fill(0);
  return made;
};

/** The public half of a raw secret, base64url. */
const publicKeyOf = (prefix: Buffer, secret: Uint8Array): string =>
  createPublicKey(privateKeyOf(prefix, secret))
    .export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64url');

function secretOf(files: SecretFiles, name: string, make: () => Buffer): Buffer {
  const found = files.read(name);
  if (found !== null) return found;
  files.writeOnce(name, make());
  const written = files.read(name);
  if (written === null) throw new KeysError('a key vanished while it was being made');
  return written;
}

/** Whether a directory has been made a secrets directory. */
export const holdsKeys = (dir: string): boolean => existsSync(join(dir, 'master.key'));

/**
 * Where the keys are when no setting says: beside the data directory, so that a copy of one directory never holds both.
 * Installations of before have them in it, and keep them there until an operator moves them.
 */
export function defaultSecretsDir(dataDir: string): string {
  const within = join(dataDir, 'secrets');
  return holdsKeys(within) ? within : `${dataDir}-secrets`;
}

/**
 * Opens the secrets directory, making it and its two lasting keys when they are missing.
 *
 * @throws KeysError with one line for the operator.
 */
export const openKeys = (dir: string): KeyStore => keysIn(directoryFiles(dir), dir);

/**
 * The keys of a directory for who only looks: nothing is made, written or destroyed.
 *
 * @throws KeysError where a key is missing.
 */
export const keysToLook = (dir: string): KeyStore => keysIn(filesToLook(dir), dir);

/** Keys that are nowhere but in memory and end with it: for a rehearsal. */
export const passingKeys = (): KeyStore => keysIn(memoryFiles(), 'memory');

function keysIn(files: SecretFiles, dir: string): KeyStore {
  const master = secretOf(files, 'master.key', () => randomBytes(32));
  const seed = secretOf(files, 'signing.key', () =>
    generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32),
  );
  if (master.length !== 32 || seed.length !== 32) throw new KeysError(`the keys in ${dir} are damaged`);
  const signing = privateKeyOf(PKCS8_ED25519, seed);

  const derive = (purpose: string, election = ''): Buffer =>
    Buffer.from(
      hkdfSync('sha256', master, Buffer.alloc(32), framed('elekto/master/1', purpose, election), 32),
    );
  const fingerprint = derive('fingerprint').toString('hex');
  const wrapKey = derive('wrap');
  const pepper = createSecretKey(derive('pepper'));
  const mac = (domain: string, ...parts: readonly string[]): string =>
    createHmac('sha256', pepper)
      .update(framed(domain, ...parts))
      .digest('base64url');
  const open = new Map<string, ElectionKeys>();
  const witness = createWitness(files, (line) => mac('elekto/witness/1', line).slice(0, 22));

  const fileOf = (election: string, kind: 'box' | 'link' | 'head'): string => {
    if (!NAME.test(election)) throw new RangeError('not an id of an election');
    return `elections/${election}.${kind}`;
  };
  const aadOf = (election: string, kind: string): Uint8Array =>
    framed('elekto/wrapped key/1', election, kind);

  function unwrap(election: string, kind: 'box' | 'link', length: number): Buffer | null {
    const wrapped = files.read(fileOf(election, kind));
    if (wrapped === null) return null;
    const bytes = openBytes(wrapKey, wrapped, aadOf(election, kind));
    if (bytes === null || bytes.length !== length) {
      throw new KeysError(
        `the ${kind} key of election ${election} does not open: is this the right secrets directory?`,
      );
    }
    return bytes;
  }

  return {
    publicKey: publicKeyOf(PKCS8_ED25519, seed),
    sign: (message) => sign(null, message, signing).toString('base64url'),
    voterBinding: (election, user, withdrawals = 0) =>
      withdrawals === 0
        ? mac('elekto/voter binding/1', election, user)
        : mac('elekto/voter binding/2', election, user, String(withdrawals)),
    mac,
    sessionPepper: derive('session'),
    sessions: derive('sign-in seals'),
    fingerprint,
    witness,
    endedSignIns: endedSignIns(witness),
    readHead: (election) => files.read(fileOf(election, 'head'))?.toString('utf8') ?? null,
    forgetHead: (election) => files.destroy(fileOf(election, 'head')),
    async create(election) {
      const { secret, publicKey } = makeKem();
      const bytes = Buffer.concat([randomBytes(32), secret]);
      const wrote =
        files.writeOnce(fileOf(election, 'box'), sealBytes(wrapKey, bytes, aadOf(election, 'box'))) &&
        files.writeOnce(
          fileOf(election, 'link'),
          sealBytes(wrapKey, randomBytes(32), aadOf(election, 'link')),
        );
      bytes.fill(0);
      secret.fill(0);
      if (!wrote) throw new KeysError(`election ${election} has keys already`);
      return toBase64Url(publicKey);
    },
    async election(election) {
      const known = open.get(election);
      if (known !== undefined && files.read(fileOf(election, 'box')) !== null) return known;
      open.delete(election);
      const bytes = unwrap(election, 'box', 64);
      if (bytes === null) return null;
      const boxKey = bytes.subarray(0, 32);
      const boxSigner = Buffer.from(
        hkdfSync('sha256', boxKey, Buffer.alloc(32), framed('elekto/box signer/1', election), 32),
      );
      const publicKeys = {
        sealing: publicKeyOf(PKCS8_X25519, bytes.subarray(32)),
        box: publicKeyOf(PKCS8_ED25519, boxSigner),
      };
      const keys = { boxKey, boxSigner, publicKeys, kem: readKem(bytes.subarray(32)) };
      open.set(election, keys);
      return keys;
    },
    link: (election) => unwrap(election, 'link', 32),
    result: (election) => derive('result', election),
    destroyElection(election) {
      open.get(election)?.boxKey.fill(0);
      open.get(election)?.boxSigner.fill(0);
      open.delete(election);
      files.destroy(fileOf(election, 'box'));
    },
    destroyLink(election) {
      files.destroy(fileOf(election, 'link'));
      files.destroy(fileOf(election, 'head'));
    },
    holdsAny: () => files.list('elections').some(({ name }) => name.endsWith('.box')),
    holds: (election) => files.read(fileOf(election, 'box')) !== null,
  };
}
