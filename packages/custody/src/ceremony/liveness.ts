import { framed, join } from '@elekto/wire';
import { multiplyBase, multiplyPublic } from '../group/multiply.ts';
import { nonce } from '../group/nonce.ts';
import { BASE, decodeNonIdentity, decodePoint, encodePoint, IDENTITY } from '../group/point.ts';
import { decodeScalar, encodeScalar, hashToScalar } from '../group/scalar.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import type { BoardKey } from './board-key.ts';
import { officerAt } from './header.ts';
import type { KeyShare } from './shares.ts';

/** What an officer says by proving that they still hold their share. */
export type Liveness =
  /** Before the opening. */
  | { readonly kind: 'ready'; readonly election: string }
  /** While voting goes on: that the manifest they find in git is the pinned one. */
  | { readonly kind: 'alive'; readonly election: string; readonly manifestHash: Uint8Array };

/** What a proof of holding is checked against: an officer of a board. */
export interface Holder {
  readonly login: string;
  readonly position: number;
  readonly transcriptHash: Uint8Array;
  /** V_j, encoded. */
  readonly verification: Uint8Array;
}

const holderOf = (key: BoardKey, position: number): Holder => ({
  login: officerAt(key.header, position).login,
  position,
  transcriptHash: key.transcriptHash,
  verification: encodePoint(key.verificationKeys[position - 1] ?? IDENTITY),
});

const statement = (holder: Holder, about: Liveness): Uint8Array =>
  framed(
    'elekto/liveness/1',
    about.kind,
    about.election,
    holder.transcriptHash,
    about.kind === 'alive' ? about.manifestHash : '',
    String(holder.position),
    holder.verification,
  );

const challenge = (said: Uint8Array, R: Uint8Array): bigint =>
  hashToScalar(framed('elekto/liveness challenge/1', said, R));

/**
 * Proves that one holds the share behind V_j, for one election and one moment: a Schnorr signature of 64 bytes. It takes
 * no point from anybody, so that it can never be made to decrypt one.
 */
export function proveHolding(key: BoardKey, share: KeyShare, about: Liveness): Uint8Array<ArrayBuffer> {
  const said = statement(holderOf(key, share.position), about);
  const q = nonce('liveness', share.secret, said);
  const R = encodePoint(multiplyBase(q));
  return join([R, encodeScalar(q + challenge(said, R) * share.secret)]);
}

export const checkHolding = (
  key: BoardKey,
  position: number,
  about: Liveness,
  proof: Uint8Array,
): Result<null> => checkHolder(holderOf(key, position), about, proof);

/** As {@link checkHolding}, for whoever knows the officer from the repository alone. */
export function checkHolder(holder: Holder, about: Liveness, proof: Uint8Array): Result<null> {
  const at = { step: about.kind, party: holder.login };
  const R = decodePoint(proof.subarray(0, 32));
  const z = decodeScalar(proof.subarray(32));
  const V = decodeNonIdentity(holder.verification);
  if (R === null || z === null || V === null) return refuse('liveness-format', at, 'it is not a proof.');
  const c = challenge(statement(holder, about), proof.subarray(0, 32));
  return multiplyPublic(BASE, z).equals(R.add(multiplyPublic(V, c)))
    ? accept(null)
    : refuse(
        'liveness-proof',
        at,
        'it does not prove that they hold their share of this key for this election.',
      );
}
