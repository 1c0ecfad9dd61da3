/** Short values that a browser keeps for us and must not be able to change. HMAC-SHA-256, domain-separated. */
import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';

export interface Seal {
  /** `value.mac`, both base64url. */
  seal(value: string): string;
  /** The value, or null when it was not sealed here for this purpose. */
  open(sealed: string | undefined): string | null;
}

/**
 * `secret` comes from the master key, which replicas share, so what one seals another opens, and nobody else: who has
 * the secret of the sign-in app and the database signs in as nobody. Different `purpose`s never open each other's seals.
 */
export function createSeal(secret: Uint8Array, purpose: string): Seal {
  const key = createSecretKey(
    Buffer.from(hkdfSync('sha256', secret, 'elekto', `elekto/seal/${purpose}`, 32)),
  );
  const mac = (body: string): Buffer => createHmac('sha256', key).update(body).digest();
  return {
    seal(value) {
      const body = Buffer.from(value).toString('base64url');
      return `${body}.${mac(body).toString('base64url')}`;
    },
    open(sealed) {
      const [body, tag, ...rest] = sealed?.split('.') ?? [];
      if (body === undefined || tag === undefined || rest.length > 0) return null;
      const given = Buffer.from(tag, 'base64url');
      const wanted = mac(body);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
      return Buffer.from(body, 'base64url').toString();
    },
  };
}
