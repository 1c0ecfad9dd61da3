import { createHash } from 'node:crypto';
import { checkHolder, type Liveness } from '@elekto/custody/ceremony';
import type { Election, OfficersBoard } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { framed, fromBase64Url, fromHex } from '@elekto/wire';
import type { Context } from '../context.ts';
import { ok, refuse } from '../result.ts';
import { bodiesOn, fillSlot } from './board-posts.ts';

/** A proof of 64 bytes in base64url that an officer holds their share; `officer` is the position. */
export interface Holding {
  readonly officer: number;
  readonly proof: string;
}

/** Of one length, however long the key of the election is. */
const boardOf = (board: OfficersBoard, about: Liveness): string =>
  createHash('sha256')
    .update(
      framed(
        `elekto/${about.kind}/1`,
        board.transcriptHash,
        about.election,
        ...(about.kind === 'alive' ? [about.manifestHash] : []),
      ),
    )
    .digest('hex');

/** Whether the proof is this officer's, for this board and what it is about. */
function isProven(board: OfficersBoard, about: Liveness, { officer, proof }: Holding): boolean {
  const member = board.officers.find(({ position }) => position === officer);
  const bytes = fromBase64Url(proof, 64);
  const verification = fromBase64Url(member?.verification ?? '', 32);
  const transcriptHash = fromHex(board.transcriptHash, 32);
  if (member === undefined || bytes === null || verification === null || transcriptHash === null)
    return false;
  const holder = { login: member.login, position: officer, transcriptHash, verification };
  return checkHolder(holder, about, bytes).ok;
}

/** Keeps an officer's proof; false when it proves nothing. It takes no point from anybody, so that nothing is decrypted by it. */
export async function sayHolding(
  ctx: Pick<Context, 'db'>,
  board: OfficersBoard,
  about: Liveness,
  said: Holding,
): Promise<boolean> {
  if (!isProven(board, about, said)) return false;
  await fillSlot(ctx, boardOf(board, about), String(said.officer), said.proof);
  return true;
}

/** The positions of the officers whose proof holds, checked anew: a row that somebody else wrote counts for nothing. */
export async function holdersOf(
  ctx: Pick<Context, 'db'>,
  board: OfficersBoard,
  about: Liveness,
): Promise<number[]> {
  const rows = await bodiesOn(ctx, boardOf(board, about));
  return rows
    .map(({ slot, body }) => ({ officer: Number(slot), proof: body }))
    .filter((said) => isProven(board, about, said))
    .map(({ officer }) => officer)
    .sort((a, b) => a - b);
}

/** Refuses with `waiting` while fewer officers than it takes for the count have shown that they hold their shares. */
export async function isQuorumReady(
  ctx: Pick<Context, 'db'>,
  { key, custody }: Pick<Election, 'key' | 'custody'>,
): Promise<Result<null>> {
  if (custody === undefined) return ok(null);
  const { board } = custody;
  const ready = board === null ? 0 : (await holdersOf(ctx, board, { kind: 'ready', election: key })).length;
  return board !== null && ready >= board.threshold
    ? ok(null)
    : refuse('waiting', undefined, 'custody-not-ready');
}
