/** Proof Key for Code Exchange (RFC 7636, S256) and the state that ties an answer to its question. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Proof {
  /** Kept here; shown to the server only when the code is exchanged. */
  readonly verifier: string;
  /** SHA-256 of the verifier, base64url: what the server sees first. */
  readonly challenge: string;
  readonly state: string;
}

export function createProof(): Proof {
  const verifier = randomBytes(32).toString('base64url');
  return {
    verifier,
    challenge: createHash('sha256').update(verifier).digest('base64url'),
    state: randomBytes(32).toString('base64url'),
  };
}

/** Compares without telling by its time how much was right. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
