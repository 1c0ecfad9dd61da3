/** What the tests of other packages seal with is what voters seal with. */
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { describe, expect, it } from 'vitest';
import { nativeX25519 } from './support/native-x25519.ts';

const kem = new DhkemX25519HkdfSha256();
const material = (byte: number): ArrayBuffer => new Uint8Array(32).fill(byte).buffer;

/** An encapsulation to the key pair of one material with that of another, and what its receiver reads of it. */
async function shared(own: number, other: number): Promise<readonly string[]> {
  const recipient = await kem.deriveKeyPair(material(own));
  const { enc, sharedSecret } = await kem.encap({
    recipientPublicKey: recipient.publicKey,
    ekm: material(other),
  });
  const read = await kem.decap({ recipientKey: recipient, enc });
  return [enc, sharedSecret, read].map((bytes) => Buffer.from(bytes).toString('hex'));
}

/** Until the answer is there. */
async function natively<T>(work: () => Promise<T>): Promise<T> {
  const giveBack = nativeX25519();
  try {
    return await work();
  } finally {
    giveBack();
  }
}

describe('X25519 of the machine in the place of that in plain JavaScript', () => {
  it('gives the same keys and the same secrets', async () => {
    for (const [own, other] of [
      [1, 2],
      [7, 7],
      [255, 0],
    ] as const) {
      const here = await shared(own, other);
      expect(here[1]).toBe(here[2]);
      expect(await natively(() => shared(own, other))).toEqual(here);
    }
  });

  it('is in place where it was put, and gone again', async () => {
    const { _prim } = kem as unknown as { readonly _prim: { dh: unknown } };
    const before = _prim.dh;
    await natively(async () => expect(_prim.dh).not.toBe(before));
    expect(_prim.dh).toBe(before);
  });

  it('takes no key of which nothing but zero comes, as the other', async () => {
    const zero = () =>
      kem
        .importKey('raw', material(0), true)
        .then((recipientPublicKey) => kem.encap({ recipientPublicKey, ekm: material(3) }));
    await expect(zero()).rejects.toThrow();
    await expect(natively(zero)).rejects.toThrow();
  });
});
