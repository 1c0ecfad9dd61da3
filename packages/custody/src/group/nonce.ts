import { framed } from '@elekto/wire';
import { randomBytes } from '@noble/hashes/utils.js';
import { encodeScalar, hashToScalar } from './scalar.ts';

/**
 * A secret exponent for one proof: from fresh randomness, the secret that is proven and everything the proof
 * is about. Should the randomness ever repeat, the exponent repeats only for the very same proof.
 */
export function nonce(domain: string, secret: bigint, ...about: readonly (Uint8Array | string)[]): bigint {
  for (;;) {
    const fresh = randomBytes(32);
    const bytes = encodeScalar(secret);
    const value = hashToScalar(framed('elekto/nonce/1', domain, fresh, bytes, ...about));
    fresh.fill(0);
    bytes.fill(0);
    if (value !== 0n) return value;
  }
}
