import { readFile } from '@elekto/custody';
import type { BoardFile } from '@elekto/custody';
import type { ElectionKey } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { toHex } from '@elekto/wire';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { maySign, recordSigned } from '../offices/results.ts';
import { ok, refuse } from '../result.ts';
import { officersElection, readChain, runOf } from './board-of.ts';
import type { BoardSource } from './board-source.ts';
import { chainOf } from './chain.ts';
import { computeAway } from './compute-away.ts';
import { bytesOf, keptFiles, keptFilesIn } from './kept-files.ts';
import type { KeptFile } from './kept-files.ts';

/** What officers sign about a tie, word for word the same. */
const decision = z.strictObject({
  winners: z.array(z.string().min(1)).min(1).max(500),
  how: z.string().trim().min(1).max(1000),
  at: z.int().min(0).max(8_640_000_000_000_000),
});

/** What a file says about a tie; null when it is none of these. */
function readDecision({ body }: BoardFile): z.infer<typeof decision> | null {
  try {
    return decision.parse(JSON.parse(Buffer.from(body).toString('utf8')));
  } catch {
    return null;
  }
}

/** Whether what a file says settles the tie that is open, as the decision of this number. */
export async function mayKeepTie(
  ctx: Context,
  key: ElectionKey,
  number: number,
  file: BoardFile,
): Promise<Result<null>> {
  const said = readDecision(file);
  return said === null ? refuse('winners-impossible') : maySign(ctx, { key }, number, said);
}

interface Signed {
  readonly file: KeptFile;
  readonly bytes: Uint8Array;
  readonly body: string;
}

/** Decides the tie of this number once enough officers have signed the very same; nothing happens before. */
export async function decideTie(
  ctx: Context,
  key: ElectionKey,
  seq: number,
  source: BoardSource,
): Promise<Result<null>> {
  const found = await officersElection(ctx, key);
  if (!found.ok) return found;
  const { opened, electors } = found.value;
  const run = runOf(opened, source);
  if (!run.ok) return run;
  const { threshold, officers } = opened.manifest;
  const read = await readChain(
    ctx,
    opened.manifestHash,
    chainOf(await keptFiles(ctx, opened.manifestHash)),
    electors,
  );
  if (read === null) return refuse('board-not-ready');
  const signed: Signed[] = [];
  for (const file of read.chain.ties.filter((each) => each.seq === seq)) {
    const bytes = await bytesOf(ctx, opened.manifestHash, file);
    const parsed = bytes === null ? null : readFile(bytes);
    if (bytes !== null && parsed !== null) signed.push({ file, bytes, body: toHex(parsed.body) });
  }
  const same = [...Map.groupBy(signed, ({ body }) => body).values()].find((each) => each.length >= threshold);
  if (same === undefined) return ok(null);
  const number = seq - read.chain.mixes.length - 1;
  const files = same.map(({ bytes }) => bytes);
  const said = await computeAway({ do: 'tie', run: run.value, chain: read.files, number, files });
  if (!said.ok) return refuse('ballot-box-damaged', undefined, said.error.message);
  const decided = decision.safeParse(said.value.decision);
  if (!decided.success) return ok(null);
  const by = same.map(({ file }) => officers[file.officer - 1] ?? '').join(', ');
  const named = same.map(({ file }) => ({ name: file.name, sha256: file.hash }));
  return recordSigned(ctx, { key }, number, { ...decided.data, by }, named, async (em) => {
    const there = await keptFilesIn(ctx, em, opened.manifestHash, 'update');
    return same.every(({ file: { name, hash } }) =>
      there.some((each) => each.name === name && each.hash === hash),
    );
  });
}
