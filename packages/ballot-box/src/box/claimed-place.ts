import { SIZES } from '@elekto/protocol/ballot';
import type { Place } from '@elekto/protocol/ballot';
import type { Manifest } from '@elekto/protocol/manifest';
import { fromBase64Url } from '@elekto/wire';

/** Where a voter says that a record lies; null when it can lie nowhere. */
export function claimedPlace(
  manifest: Manifest,
  claim: { readonly handle?: string | undefined; readonly shard?: number | undefined },
): Place | null {
  const handle = fromBase64Url(String(claim.handle), SIZES.handle);
  if (handle === null) return null;
  if (manifest.version === 2) return claim.shard === undefined ? { handle, shard: null } : null;
  const { shard } = claim;
  if (shard === undefined || !Number.isInteger(shard) || shard < 0 || shard >= manifest.shards) return null;
  return { handle, shard };
}
