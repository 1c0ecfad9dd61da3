import type { ElectionKey, OfficersBoard } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { canonicalJson, fromHex } from '@elekto/wire';
import type { Liveness } from '@elekto/custody/ceremony';
import type { Context } from '../context.ts';
import { ok, refuse } from '../result.ts';
import { officersElection } from './board-of.ts';
import { holdersOf, sayHolding, type Holding } from './readiness.ts';

/**
 * The manifest of a running election as canonical JSON: officers compare it with the files, and prove over its hash that they
 * hold their shares. Refuses with `no-board` where the server keeps the key.
 */
export async function pinnedManifest(ctx: Context, key: ElectionKey): Promise<Result<string>> {
  const found = await officersElection(ctx, key);
  return found.ok ? ok(canonicalJson(found.value.opened.manifest)) : found;
}

/** What a proof during the voting is about; null when the election does not run with this board. */
async function aboutOf(ctx: Context, board: OfficersBoard, key: ElectionKey): Promise<Liveness | null> {
  const found = await officersElection(ctx, key);
  if (!found.ok || found.value.opened.manifest.custody !== board.transcriptHash) return null;
  const manifestHash = fromHex(found.value.opened.manifestHash, 32);
  return manifestHash === null ? null : { kind: 'alive', election: key, manifestHash };
}

/** Keeps an officer's proof over the manifest of a running election; false when it proves nothing. */
export async function sayAlive(
  ctx: Context,
  board: OfficersBoard,
  key: ElectionKey,
  said: Holding,
): Promise<boolean> {
  const about = await aboutOf(ctx, board, key);
  return about !== null && sayHolding(ctx, board, about, said);
}

/** Refuses where there is nothing to prove yet; else the positions of those who have. */
export async function aliveOfficers(
  ctx: Context,
  board: OfficersBoard,
  key: ElectionKey,
): Promise<Result<number[]>> {
  const about = await aboutOf(ctx, board, key);
  return about === null ? refuse('no-board') : ok(await holdersOf(ctx, board, about));
}
