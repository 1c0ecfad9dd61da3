import { encodeText, framed, join } from '@elekto/wire';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { multiplyBase, multiplyPublic } from '../group/multiply.ts';
import { BASE, decodeNonIdentity, decodePoint, encodePoint, type Point } from '../group/point.ts';
import { decodeScalar, encodeScalar, hashToScalar, littleEndian, reduce } from '../group/scalar.ts';
import { list } from '../list.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import { type Header, officerAt } from './header.ts';
import type { OfficerKey } from './officer-key.ts';
import { evaluate } from './polynomial.ts';
import type { Body } from './post.ts';
import { SEALED_SHARE_BYTES, sealShare } from './seal-share.ts';

export type Deal = Extract<Body, { kind: 'deal' }>;

const challenge = (
  header: Header,
  dealer: number,
  commitments: readonly Uint8Array[],
  R: Uint8Array,
): bigint => hashToScalar(framed('elekto/deal/1', header.ceremonyId, String(dealer), list(commitments), R));

/** What a dealer's secret gives for one ceremony. The same every time: a console that crashed deals the same again. */
const derived = (header: Header, dealSecret: Uint8Array, name: string, length: number): Uint8Array =>
  hkdf(sha256, dealSecret, header.ceremonyId, encodeText(`elekto/deal/${name}`), length);

const derivedScalar = (header: Header, dealSecret: Uint8Array, name: string): bigint => {
  const bytes = derived(header, dealSecret, name, 64);
  const scalar = reduce(littleEndian(bytes));
  bytes.fill(0);
  return scalar;
};

/** The coefficients of an officer's polynomial in this ceremony, t of them. */
export const coefficientsOf = (header: Header, key: Pick<OfficerKey, 'dealSecret'>): bigint[] =>
  Array.from({ length: header.threshold }, (_, k) =>
    derivedScalar(header, key.dealSecret, `coefficient/${k}`),
  );

/** The material of the ephemeral key with which the share of one officer is sealed. */
export const ekmFor = (header: Header, key: Pick<OfficerKey, 'dealSecret'>, receiver: number): Uint8Array =>
  derived(header, key.dealSecret, `ekm/${receiver}`, 32);

/** The deal of a polynomial that is given; see {@link makeDeal}. */
export async function dealPolynomial(
  header: Header,
  dealer: number,
  coefficients: readonly bigint[],
  key: Pick<OfficerKey, 'dealSecret'>,
): Promise<Deal> {
  const commitments = coefficients.map((coefficient) => encodePoint(multiplyBase(coefficient)));
  const q = derivedScalar(header, key.dealSecret, 'nonce');
  const R = encodePoint(multiplyBase(q));
  const z = q + challenge(header, dealer, commitments, R) * (coefficients[0] ?? 0n);
  const shares = await Promise.all(
    header.identifiers.map(async (x, i) => {
      const share = encodeScalar(evaluate(coefficients, x));
      const context = { ceremonyId: header.ceremonyId, dealer, receiver: i + 1, commitments };
      const sealed = await sealShare(
        context,
        officerAt(header, i + 1).receive,
        share,
        ekmFor(header, key, i + 1),
      );
      share.fill(0);
      return sealed;
    }),
  );
  return { kind: 'deal', commitments, proof: join([R, encodeScalar(z)]), shares };
}

/** An officer's deal: a polynomial of their own, committed to, proven, and its values sealed to each officer. */
export const makeDeal = (header: Header, dealer: number, key: OfficerKey): Promise<Deal> =>
  dealPolynomial(header, dealer, coefficientsOf(header, key), key);

/** The commitments of a deal that is in order as far as everybody can see; else its dealer is named. */
export function checkDeal(header: Header, dealer: number, deal: Deal): Result<Point[]> {
  const at = { step: 'deal', party: officerAt(header, dealer).login };
  const { threshold, officers } = header;
  if (
    deal.commitments.length !== threshold ||
    deal.shares.length !== officers.length ||
    deal.proof.length !== 64 ||
    deal.shares.some((share) => share.length !== SEALED_SHARE_BYTES)
  )
    return refuse(
      'deal-length',
      at,
      'it does not have the commitments, shares and proof that this ceremony asks for.',
    );
  const commitments = deal.commitments.map(decodeNonIdentity);
  if (!commitments.every((point) => point !== null))
    return refuse('deal-group', at, 'a commitment is not canonical, or the neutral element.');
  const R = decodePoint(deal.proof.subarray(0, 32));
  const z = decodeScalar(deal.proof.subarray(32));
  const c = challenge(header, dealer, deal.commitments, deal.proof.subarray(0, 32));
  const [first] = commitments;
  if (
    R === null ||
    z === null ||
    first === undefined ||
    !multiplyPublic(BASE, z).equals(R.add(multiplyPublic(first, c)))
  )
    return refuse(
      'deal-proof',
      at,
      'its proof does not hold: the dealer does not know the secret behind it.',
    );
  return accept(commitments);
}
