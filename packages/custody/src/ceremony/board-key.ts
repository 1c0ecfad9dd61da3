import { canonicalJson, encodeText, framed } from '@elekto/wire';
import { sha256 } from '@noble/hashes/sha2.js';
import { encodePoint, IDENTITY, type Point } from '../group/point.ts';
import { list } from '../list.ts';
import type { Header } from './header.ts';
import { evaluateCommitments } from './polynomial.ts';
import { bodyJson } from './post.ts';
import type { CheckedDeal } from './shares.ts';

/** What a ceremony gives: the key to seal to, and a key for each officer against which their steps are checked. */
export interface BoardKey {
  readonly header: Header;
  /** Y, the sum of all constant coefficients times G. */
  readonly electionKey: Point;
  /** V_j = s_j G, by position. */
  readonly verificationKeys: readonly Point[];
  /** SHA-256 over the ceremony, all deals, Y and V, 32 bytes. */
  readonly transcriptHash: Uint8Array;
}

/** Adds the deals up; null when a key comes out as the neutral element (which no honest officer lets happen). */
export function addDeals(header: Header, deals: readonly CheckedDeal[]): BoardKey | null {
  const sums = Array.from({ length: header.threshold }, (_, k) =>
    deals.reduce((sum, { commitments }) => sum.add(commitments[k] ?? IDENTITY), IDENTITY),
  );
  const electionKey = sums[0] ?? IDENTITY;
  const verificationKeys = header.identifiers.map((x) => evaluateCommitments(sums, x));
  if (electionKey.is0() || verificationKeys.some((key) => key.is0())) return null;
  const transcriptHash = sha256(
    framed(
      'elekto/transcript/1',
      header.ceremonyId,
      list(deals.map(({ deal }) => encodeText(canonicalJson(bodyJson(deal))))),
      encodePoint(electionKey),
      list(verificationKeys.map(encodePoint)),
    ),
  );
  return { header, electionKey, verificationKeys, transcriptHash };
}
