import { readFile } from '@elekto/custody';
import { toHex } from '@elekto/wire';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { BoardRun } from './arithmetic.ts';
import type { Chain } from './chain.ts';
import { computeAway } from './compute-away.ts';
import { bytesOf } from './kept-files.ts';

const said = z.object({ reason: z.string() });

/** An officer's signed word that a run counts for nothing. */
interface SignedVoid {
  /** Position from 1: of whose signature it bears, whatever name it was kept under. */
  readonly officer: number;
  readonly reason: string;
  readonly bytes: Uint8Array;
  /** What was signed, hex: the same for all who say the very same. */
  readonly body: string;
}

interface Voids {
  readonly signed: readonly SignedVoid[];
  /** Positions whose file is not theirs: the server vouches for it, and they have not signed it. */
  readonly madeUp: readonly number[];
}

/**
 * What officers signed about a run that is to count for nothing. That a server kept a file says nothing: each signature is
 * checked here again, against the key that git names.
 */
export async function voidsIn(
  ctx: Pick<Context, 'db'>,
  board: string,
  { voids }: Chain,
  run: BoardRun,
): Promise<Voids> {
  const signed = new Map<number, SignedVoid>();
  const madeUp: number[] = [];
  for (const { name, hash, officer } of voids) {
    const bytes = await bytesOf(ctx, board, { name, hash });
    if (bytes === null) continue;
    const checked = await computeAway({ do: 'void', run, files: [bytes], decrypted: false });
    const file = readFile(bytes);
    const read = said.safeParse(parsed(file?.body));
    if (checked.ok && file?.officer === officer && read.success)
      signed.set(officer, { officer, reason: read.data.reason, bytes, body: toHex(file.body) });
    else madeUp.push(officer);
  }
  return { signed: [...signed.values()], madeUp };
}

function parsed(body: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(body ?? []).toString('utf8'));
  } catch {
    return null;
  }
}
