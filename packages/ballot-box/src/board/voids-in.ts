import { readFile } from '@elekto/custody';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Chain } from './chain.ts';
import { bytesOf } from './kept-files.ts';

const said = z.object({ reason: z.string() });

/** What officers signed about a run that is to count for nothing, by their positions. Each file was checked when it was kept. */
export async function voidsIn(
  ctx: Pick<Context, 'db'>,
  board: string,
  { voids }: Chain,
): Promise<{ readonly officer: number; readonly reason: string }[]> {
  const found: { officer: number; reason: string }[] = [];
  for (const file of voids) {
    const bytes = await bytesOf(ctx, board, file);
    const body = bytes === null ? undefined : readFile(bytes)?.body;
    const read = said.safeParse(parsed(body));
    if (read.success) found.push({ officer: file.officer, reason: read.data.reason });
  }
  return found;
}

function parsed(body: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(body ?? []).toString('utf8'));
  } catch {
    return null;
  }
}
