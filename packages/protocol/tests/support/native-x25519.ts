/**
 * X25519 by OpenSSL in the place of the curve in plain JavaScript, for tests that seal by the hundred and whose subject that is not. The
 * tests of packages/protocol and packages/custody, and those in a browser, seal as voters do.
 */
import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';

/** What stands in front of the 32 bytes of a key. */
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');

const secretKey = (secret: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' });

/** A buffer of its own: the library takes the whole of it. */
const bytes = (key: Buffer): ArrayBuffer => Uint8Array.from(key).buffer;

interface Key {
  readonly key: Uint8Array;
}

/** What the library does with the curve, on the prototype that all of its users in this process share. */
interface Primitives {
  /** Rejects when it comes out as zero. */
  dh(secret: Key, theirs: Key): Promise<ArrayBuffer>;
  derivePublicKey(secret: Key): Promise<Key>;
  importKey(format: 'raw', key: ArrayBuffer, isPublic: true): Promise<Key>;
}

/** Puts it there for the rest of the process, or until what it answers is called. */
export function nativeX25519(): () => void {
  const { _prim } = new DhkemX25519HkdfSha256() as unknown as { readonly _prim: object };
  const shared = Object.getPrototypeOf(Object.getPrototypeOf(_prim)) as Primitives;
  const { dh, derivePublicKey } = shared;
  Object.assign(shared, {
    async dh(secret, theirs) {
      const key = Buffer.concat([SPKI, theirs.key]);
      const publicKey = createPublicKey({ key, format: 'der', type: 'spki' });
      return bytes(diffieHellman({ privateKey: secretKey(secret.key), publicKey }));
    },
    derivePublicKey(this: Primitives, secret) {
      const spki = createPublicKey(secretKey(secret.key)).export({ format: 'der', type: 'spki' });
      return this.importKey('raw', bytes(spki.subarray(SPKI.length)), true);
    },
  } satisfies Partial<Primitives>);
  return () => void Object.assign(shared, { dh, derivePublicKey });
}
