/** Files under a passphrase, beside age-encryption's own way, and what no program writes. */
import { Decrypter, Encrypter, Stanza } from 'age-encryption';
import { expect, it } from 'vitest';

import { openedBy, sealedBy } from '../src/passphrase.ts';

/** It has a letter that is written in two ways. */
const PASSPHRASE = 'caf\u0065\u0301 by the sea';

it('what is sealed here opens by age-encryption, and what that seals opens here, however the letters are composed', async () => {
  const ours = new Encrypter();
  ours.addRecipient(sealedBy(PASSPHRASE));
  const theirs = new Decrypter();
  theirs.addPassphrase(PASSPHRASE.normalize('NFC'));
  expect(await theirs.decrypt(await ours.encrypt('CANARY-1'), 'text')).toBe('CANARY-1');

  const others = new Encrypter();
  others.setPassphrase(PASSPHRASE.normalize('NFC'));
  others.setScryptWorkFactor(10);
  const file = await others.encrypt('CANARY-2');
  const here = new Decrypter();
  here.addIdentity(openedBy(PASSPHRASE));
  expect(await here.decrypt(file, 'text')).toBe('CANARY-2');
  const another = new Decrypter();
  another.addIdentity(openedBy(`${PASSPHRASE}s`));
  await expect(another.decrypt(file)).rejects.toThrow('no identity matched');
});

it('a guess is as dear as it is said to be: 128 MiB', async () => {
  const [stanza] = await sealedBy(PASSPHRASE).wrapFileKey(new Uint8Array(16));
  expect(stanza?.args).toEqual(['scrypt', expect.stringMatching(/^[A-Za-z0-9+/]{22}$/), '17']);
  expect(stanza?.body).toHaveLength(32);
});

it('takes no stanza that age does not write, and none that asks for more than a gibibyte', async () => {
  const salt = 'A'.repeat(22);
  const body = new Uint8Array(32);
  const open = (...stanzas: Stanza[]) => openedBy(PASSPHRASE).unwrapFileKey(stanzas);
  const good = new Stanza(['scrypt', salt, '10'], body);
  expect(await open(good), 'of another passphrase').toBeNull();
  expect(await open(new Stanza(['X25519', salt], body)), 'of a public key').toBeNull();
  for (const [why, ...stanzas] of [
    ['two of them', good, good],
    ['beside another', good, new Stanza(['X25519', salt], body)],
    ['no factor', new Stanza(['scrypt', salt], body)],
    ['one word more', new Stanza(['scrypt', salt, '10', '1'], body)],
    ['a short salt', new Stanza(['scrypt', 'A'.repeat(20), '10'], body)],
    ['a salt of other letters', new Stanza(['scrypt', `${'A'.repeat(21)}-`, '10'], body)],
    ['a salt with padding', new Stanza(['scrypt', `${salt}==`, '10'], body)],
    ['a factor with a zero before', new Stanza(['scrypt', salt, '010'], body)],
    ['a factor that is no number', new Stanza(['scrypt', salt, '1e1'], body)],
    ['a short body', new Stanza(['scrypt', salt, '10'], body.subarray(1))],
  ] as const)
    await expect(open(...stanzas), why).rejects.toThrow('invalid scrypt stanza');
  await expect(open(new Stanza(['scrypt', salt, '21'], body))).rejects.toThrow('work factor is too high');
});
