/**
 * What seals a file of age under a passphrase, and opens it: its "scrypt" stanza, byte for byte that of age-encryption. The
 * guess is made by the machine's own scrypt on another thread, in a third of the time that JavaScript takes on this one.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { type Identity, type Recipient, Stanza } from 'age-encryption';

/** As the passphrases of before: 128 MiB a guess. */
const WORK_FACTOR = 17;
/** No file makes us take more than 1 GiB. */
const HIGHEST_WORK_FACTOR = 20;

const LABEL = 'age-encryption.org/v1/scrypt';
const SALT_BYTES = 16;
const TAG_BYTES = 16;
/** A key of a file is 16 bytes. */
const BODY_BYTES = 16 + TAG_BYTES;
const CIPHER = 'chacha20-poly1305';
/** Each key seals once. */
const NONCE = new Uint8Array(12);

function keyOf(passphrase: string, salt: Uint8Array, workFactor: number): Promise<Buffer> {
  const N = 2 ** workFactor;
  const r = 8;
  const options = { N, r, p: 1, maxmem: 128 * r * (N + 8) };
  return new Promise((resolve, reject) => {
    scrypt(
      Buffer.from(passphrase.normalize('NFC')),
      Buffer.concat([Buffer.from(LABEL), salt]),
      32,
      options,
      (error, key) => (error === null ? resolve(key) : reject(error)),
    );
  });
}

/** Seals under the passphrase, which is the only thing that opens the file. */
export function sealedBy(passphrase: string): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(SALT_BYTES);
      const key = await keyOf(passphrase, salt, WORK_FACTOR);
      const cipher = createCipheriv(CIPHER, key, NONCE, { authTagLength: TAG_BYTES });
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
      key.fill(0);
      const args = ['scrypt', salt.toString('base64').replace(/=+$/, ''), String(WORK_FACTOR)];
      return [new Stanza(args, new Uint8Array(body))];
    },
  };
}

/** Opens what is sealed under the passphrase. @throws Error for a stanza that age does not write, or that asks for too much. */
export function openedBy(passphrase: string): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const stanza = stanzas.find(({ args }) => args[0] === 'scrypt');
      if (stanza === undefined) return null;
      const [, encoded = '', factor = ''] = stanza.args;
      const salt = Buffer.from(encoded, 'base64');
      if (
        stanzas.length !== 1 ||
        stanza.args.length !== 3 ||
        salt.length !== SALT_BYTES ||
        salt.toString('base64').replace(/=+$/, '') !== encoded ||
        !/^[1-9][0-9]*$/.test(factor) ||
        stanza.body.length !== BODY_BYTES
      )
        throw new Error('invalid scrypt stanza');
      if (Number(factor) > HIGHEST_WORK_FACTOR) throw new Error('scrypt work factor is too high');
      const key = await keyOf(passphrase, salt, Number(factor));
      const decipher = createDecipheriv(CIPHER, key, NONCE, { authTagLength: TAG_BYTES });
      key.fill(0);
      decipher.setAuthTag(stanza.body.subarray(-TAG_BYTES));
      const fileKey = decipher.update(stanza.body.subarray(0, -TAG_BYTES));
      try {
        decipher.final();
      } catch {
        return null;
      }
      return new Uint8Array(fileKey);
    },
  };
}
