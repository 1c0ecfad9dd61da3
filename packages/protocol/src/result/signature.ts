import { fromBase64Url } from '@elekto/wire';
import { SIZES } from '../ballot/record.ts';

/** Whether an Ed25519 signature (RFC 8032) is valid; false also for what is no key or no signature. */
export async function isSigned(
  publicKey: string,
  signature: string,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const key = fromBase64Url(publicKey, SIZES.publicKey);
  const bytes = fromBase64Url(signature, SIZES.signature);
  if (key === null || bytes === null) return false;
  try {
    const imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, imported, bytes, message);
  } catch (error) {
    // Some implementations refuse bytes that are no point of the curve where others say that nothing verifies.
    if (error instanceof DOMException && error.name === 'DataError') return false;
    throw error;
  }
}
