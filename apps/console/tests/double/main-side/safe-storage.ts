import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { life, machine } from './state.ts';

/** Stands for the key that a keyring would hold for this user. */
const KEY = createHash('sha256').update('the double of a keyring').digest();

function needEncryption(): void {
  if (!safeStorage.isEncryptionAvailable())
    throw new Error('Error while encrypting: Encryption is not available.');
}

export const safeStorage = {
  isEncryptionAvailable: (): boolean => life.ready && machine.safeStorage !== 'unavailable',
  getSelectedStorageBackend: (): string => {
    if (!life.ready) return 'unknown';
    return machine.safeStorage === 'unavailable' ? 'unknown' : machine.safeStorage;
  },
  encryptString: (text: string): Buffer => {
    needEncryption();
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', KEY, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from('v11'), nonce, cipher.getAuthTag(), body]);
  },
  decryptString: (sealed: Buffer): string => {
    needEncryption();
    if (sealed.subarray(0, 3).toString() !== 'v11')
      throw new Error('Error while decrypting the ciphertext provided.');
    const decipher = createDecipheriv('aes-256-gcm', KEY, sealed.subarray(3, 15));
    decipher.setAuthTag(sealed.subarray(15, 31));
    return Buffer.concat([decipher.update(sealed.subarray(31)), decipher.final()]).toString('utf8');
  },
};
