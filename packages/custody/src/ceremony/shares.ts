import { multiplyBase } from '../group/multiply.ts';
import type { Point } from '../group/point.ts';
import { decodeScalar, encodeScalar, reduce } from '../group/scalar.ts';
import { same } from '../list.ts';
import type { Deal } from './deal.ts';
import { type Header, officerAt } from './header.ts';
import type { OfficerKey } from './officer-key.ts';
import { evaluateCommitments } from './polynomial.ts';
import { openShare, sealShare } from './seal-share.ts';

/** An officer's share of the election key. Secret; two functions use it: the proof of holding it, and the decryption. */
export interface KeyShare {
  readonly position: number;
  readonly secret: bigint;
}

/** A deal with its decoded commitments. */
export interface CheckedDeal {
  readonly dealer: number;
  readonly deal: Deal;
  readonly commitments: readonly Point[];
}

/** What an officer finds in the deals: the value for them in each, or the dealers whose value is wrong. */
export interface FoundShares {
  readonly share: KeyShare;
  readonly wrong: readonly number[];
}

const fits = (header: Header, { commitments }: CheckedDeal, receiver: number, value: bigint): boolean =>
  multiplyBase(value).equals(evaluateCommitments(commitments, header.identifiers[receiver - 1] ?? 0n));

/** Opens what every dealer sealed to this officer, and compares it with what the dealer committed to. */
export async function findShares(
  header: Header,
  deals: readonly CheckedDeal[],
  position: number,
  key: Pick<OfficerKey, 'receiveSecret'>,
): Promise<FoundShares> {
  let secret = 0n;
  const wrong: number[] = [];
  for (const checked of deals) {
    const { dealer, deal } = checked;
    const context = {
      ceremonyId: header.ceremonyId,
      dealer,
      receiver: position,
      commitments: deal.commitments,
    };
    const bytes = await openShare(context, key.receiveSecret, deal.shares[position - 1] ?? new Uint8Array());
    const value = bytes === null ? null : decodeScalar(bytes);
    bytes?.fill(0);
    if (value === null || !fits(header, checked, position, value)) wrong.push(dealer);
    else secret = reduce(secret + value);
  }
  return { share: { position, secret }, wrong };
}

/**
 * Who is to blame after a complaint was answered: the dealer, unless what they reveal is exactly what they sealed and
 * fits what they committed to; then the one who complained.
 */
export async function judgeOpening(
  header: Header,
  checked: CheckedDeal,
  complainer: number,
  opening: { readonly share: Uint8Array; readonly ekm: Uint8Array },
): Promise<'dealer' | 'complainer'> {
  const { dealer, deal } = checked;
  const value = decodeScalar(opening.share);
  if (value === null || !fits(header, checked, complainer, value)) return 'dealer';
  const context = {
    ceremonyId: header.ceremonyId,
    dealer,
    receiver: complainer,
    commitments: deal.commitments,
  };
  const again = await sealShare(
    context,
    officerAt(header, complainer).receive,
    encodeScalar(value),
    opening.ekm,
  );
  return same(again, deal.shares[complainer - 1] ?? new Uint8Array()) ? 'complainer' : 'dealer';
}
