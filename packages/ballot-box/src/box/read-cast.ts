import { SIZES } from '@elekto/protocol/ballot';
import type { SealedCast } from '@elekto/protocol/ballot';
import type { Result } from '@elekto/protocol/refusal';
import { fromBase64Url } from '@elekto/wire';
import type { ElectionKeys } from '../keys/key-store.ts';
import { ok, refuse } from '../result.ts';
import { suiteOf } from '../suite/suite-of.ts';
import type { PlacedRecord } from '../suite/suite.ts';
import type { OpenedElection } from './election-row.ts';

/** A cast with its texts decoded and checked; the ranking itself, where the server could see it, is forgotten. */
export interface ReadCast extends PlacedRecord {
  readonly kdf: number;
  readonly salt: Uint8Array;
  readonly authKey: Uint8Array;
  readonly sealedSeed: Uint8Array;
}

/**
 * Checks everything about a cast that needs no lock: shape, manifest, that it was made for this voter, and
 * what the suite can tell of what is inside.
 */
export async function readCast(
  opened: OpenedElection,
  keys: ElectionKeys,
  kdfId: number,
  voterBinding: string,
  given: SealedCast,
): Promise<Result<ReadCast>> {
  // Own properties only: nothing may come from a prototype.
  const own: unknown = typeof given === 'object' && given !== null ? { ...given } : given;
  const cast = suiteOf(opened.manifest).parse(own);
  if (cast === null) return refuse('malformed-ballot');
  if (cast.manifestHash !== opened.manifestHash) return refuse('manifest-changed');
  if (cast.kdf !== kdfId) return refuse('malformed-ballot');
  const salt = fromBase64Url(cast.salt, SIZES.salt);
  const authKey = fromBase64Url(cast.authKey, SIZES.authKey);
  const sealedSeed = fromBase64Url(cast.sealedSeed, SIZES.sealedSeed);
  const voter = fromBase64Url(voterBinding, SIZES.voterBinding);
  if (!salt || !authKey || !sealedSeed || !voter) return refuse('malformed-ballot');
  const read = await cast.read(opened, keys, voter);
  return read.ok ? ok({ ...read.value, kdf: cast.kdf, salt, authKey, sealedSeed }) : read;
}
