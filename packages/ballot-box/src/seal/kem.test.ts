/** The receiver's HPKE beside the library that browsers seal with: the same secrets, and the same refusals. */
import { randomBytes } from 'node:crypto';
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { EXPORTS, SIZES, hpkeInfo } from '@elekto/protocol/ballot';
import { expect, it } from 'vitest';
import { makeKem, readKem, receive } from './kem.ts';

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
});

async function sender(publicKey: Uint8Array, manifestHash: string) {
  const made = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.importKey('raw', new Uint8Array(publicKey).buffer, true),
    info: hpkeInfo(manifestHash),
  });
  const derive = async (context: Uint8Array, length: number): Promise<string> =>
    Buffer.from(await made.export(new Uint8Array(context), length)).toString('hex');
  return {
    encapsulated: new Uint8Array(made.enc),
    recordKey: await derive(EXPORTS.recordKey, 32),
    bindingKey: await derive(EXPORTS.bindingKey, 32),
    tracker: await derive(EXPORTS.tracker, SIZES.tracker),
  };
}

it('receives what the library sends, under many keys and manifests', async () => {
  for (let i = 0; i < 50; i += 1) {
    const { secret, publicKey } = makeKem();
    const manifestHash = randomBytes(32).toString('hex');
    const { encapsulated, ...sent } = await sender(publicKey, manifestHash);
    const received = receive(readKem(secret), manifestHash, encapsulated);
    for (const name of ['recordKey', 'bindingKey', 'tracker'] as const)
      expect(received?.(name).toString('hex')).toBe(sent[name]);
  }
});

it('receives something else under another key, another manifest or another share', async () => {
  const { secret, publicKey } = makeKem();
  const hash = '11'.repeat(32);
  const { encapsulated, recordKey } = await sender(publicKey, hash);
  const key = readKem(secret);
  const altered = encapsulated.with(0, (encapsulated[0] ?? 0) ^ 1);
  for (const received of [
    receive(readKem(makeKem().secret), hash, encapsulated),
    receive(key, '22'.repeat(32), encapsulated),
    receive(key, hash, altered),
  ])
    expect(received?.('recordKey').toString('hex')).not.toBe(recordKey);
});

it('refuses shares of small order and of another length', () => {
  const key = readKem(makeKem().secret);
  // Points of small order (RFC 7748 §6.1; the list of Bernstein, "Curve25519: which public keys are safe").
  const small = [
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    `ecff${'ff'.repeat(29)}7f`,
    `edff${'ff'.repeat(29)}7f`,
    `eeff${'ff'.repeat(29)}7f`,
  ];
  for (const point of small)
    expect(receive(key, '11'.repeat(32), Buffer.from(point, 'hex')), point).toBeNull();
  expect(receive(key, '11'.repeat(32), randomBytes(31))).toBeNull();
});

it('zeroes the secret it is given', () => {
  const { secret } = makeKem();
  readKem(secret);
  expect(secret.equals(Buffer.alloc(32))).toBe(true);
});
