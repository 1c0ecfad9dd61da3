/** Signs ID tokens as an issuer of OpenID Connect does (Core 1.0, section 2): ES256 over a key of its own. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export interface IdTokenSigner {
  /** What stands at the issuer's `jwks_uri`. */
  readonly jwks: { readonly keys: readonly object[] };
  /** The same with the private half, for a provider that is to sign with it. */
  readonly privateJwks: { readonly keys: readonly object[] };
  /** A signed token, JWS compact; `alg: none` is left unsigned. */
  sign(claims: object, alg?: 'ES256' | 'none'): string;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function idTokenSigner(kid = 'one'): IdTokenSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwks = (key: KeyObject) => ({
    keys: [{ ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' }],
  });
  return {
    jwks: jwks(publicKey),
    privateJwks: jwks(privateKey),
    sign(claims, alg = 'ES256') {
      const body = `${part({ alg, kid, typ: 'JWT' })}.${part(claims)}`;
      if (alg === 'none') return `${body}.`;
      const signature = sign('sha256', Buffer.from(body), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${body}.${signature.toString('base64url')}`;
    },
  };
}
