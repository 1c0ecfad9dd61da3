import type { Context } from '../context.ts';
import type { Receipt } from '@elekto/protocol/ballot';
import { hashRecord, receiptMessage } from '@elekto/protocol/ballot';
import type { OpenedElection } from './election-row.ts';

/** The signed receipt of a stored record; null where the election gives none. The same record has the same receipt. */
export function receiptOf(ctx: Context, opened: OpenedElection, record: Uint8Array): Receipt | null {
  const { manifest, manifestHash } = opened;
  if (manifest.receipts === 'none') return null;
  const recordHash = hashRecord(manifestHash, record);
  return {
    version: 1,
    election: manifest.key,
    manifestHash,
    recordHash,
    signature: ctx.keys.sign(receiptMessage(manifest.key, manifestHash, recordHash)),
    publicKey: ctx.keys.publicKey,
  };
}
