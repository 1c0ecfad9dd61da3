import { fileName, readFile } from '@elekto/custody';
import type { Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { toHex } from '@elekto/wire';
import { boxFile } from '../box/box-file.ts';
import type { OpenedElection } from '../box/election-row.ts';
import type { Context } from '../context.ts';
import { ok, refuse } from '../result.ts';
import { bytesOf, hashBytes, keepFile, keptFiles } from './kept-files.ts';

/**
 * Keeps the box of a closed election as the first file of its board, unless it is there. The same bytes come out of the
 * box whenever they are asked for, so that it makes no difference who does it, or how often.
 *
 * Refuses with `ballot-box-damaged` when the box does not add up.
 */
export async function layOutBoard(
  ctx: Context,
  election: Pick<Election, 'key'>,
  { manifestHash: board }: Pick<OpenedElection, 'manifestHash'>,
): Promise<Result<null>> {
  const kept = (await keptFiles(ctx, board)).find(({ kind }) => kind === 'box');
  if (kept !== undefined && (await bytesOf(ctx, board, kept)) !== null) return ok(null);
  const made = await boxFile(ctx, election);
  if (!made.ok) return made;
  if (made.value === null) return refuse('no-board');
  return keepBox(ctx, board, made.value);
}

/** Keeps the bytes of a box that the server has just signed. */
export async function keepBox(
  ctx: Pick<Context, 'db' | 'keys'>,
  board: string,
  bytes: Uint8Array,
): Promise<Result<null>> {
  const file = readFile(bytes);
  if (file === null) throw new Error('the server wrote a box that cannot be read');
  const { officer, prevHash } = file;
  const name = fileName(file);
  await keepFile(
    ctx,
    board,
    { name, officer, previous: toHex(prevHash), hash: hashBytes(bytes), bytes: bytes.length },
    bytes,
  );
  return ok(null);
}
