import { setImmediate as letOthers } from 'node:timers/promises';
import { tables, withLongPauses } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Context } from '../context.ts';
import type { OpenedElection } from '../box/election-row.ts';
import type { NamedFile, ResultsFile2, ResultsFile3, TieDecision } from '@elekto/protocol/result';
import { openBytes, sealBytes } from '../keys/aead.ts';
import { bytesInTurns } from '../turns.ts';
import { framed, jsonPieces } from '@elekto/wire';
import { countedRoot, makeResultsFile } from './results-file.ts';
import type { Kept } from './results-file.ts';

type Made = ResultsFile2 | ResultsFile3;

/** A kept count, with the results.json that was signed last. */
export interface StoredResult extends Kept {
  readonly file: Made;
  /** The file as it was stored, byte for byte. */
  readonly text: string;
}

const aadOf = (election: string): Uint8Array => framed('elekto/result/1', election);
const fileAadOf = (election: string): Uint8Array => framed('elekto/result file/1', election);

/** What is kept is padded to a multiple of this, so that its size tells nothing of the outcome: nobody but officers has it yet. */
const STEP = 64 * 1024;
/** With spaces after the end, which no file has. */
const padded = (pieces: Iterable<string>): Promise<Buffer> => bytesInTurns(pieces, STEP);
/** A file ends with its last line end. */
const unpadded = (bytes: Uint8Array): string => {
  const text = Buffer.from(bytes).toString('utf8');
  return text.slice(0, text.lastIndexOf('\n') + 1);
};

function* piecesOf(file: Made): Generator<string> {
  yield* jsonPieces(file, 2);
  yield '\n';
}

async function sealFile(ctx: Context, opened: OpenedElection, file: Made): Promise<Buffer> {
  return sealInTurns(ctx, opened, piecesOf(file), fileAadOf(opened.id));
}

async function sealInTurns(
  ctx: Context,
  opened: OpenedElection,
  pieces: Iterable<string>,
  aad: Uint8Array,
): Promise<Buffer> {
  const plain = await padded(pieces);
  await letOthers();
  const sealed = sealBytes(ctx.keys.result(opened.id), plain, aad);
  plain.fill(0);
  return sealed;
}

/** Stores a count, and the results.json made of it; its signature, for the election's row. Others have their turn between the steps. */
export async function storeResult(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
  kept: Kept,
  board: readonly NamedFile[],
  root: string,
): Promise<string> {
  return withLongPauses(em, async () => {
    const file = await makeResultsFile(ctx, opened, kept, [], board, root);
    await letOthers();
    const sealed = await sealInTurns(ctx, opened, jsonPieces(kept, 0), aadOf(opened.id));
    await letOthers();
    const sealedFile = await sealFile(ctx, opened, file);
    await letOthers();
    await tables(em)
      .insertInto('result')
      .values({
        election: opened.id,
        tie_decision: null,
        sealed,
        file: sealedFile,
      })
      .execute();
    await letOthers();
    return file.signature;
  });
}

/** Makes and stores the next revision of a result: the same count with one more decision, and the files that say so; its signature. */
export async function storeDecision(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
  result: StoredResult,
  decision: TieDecision,
  signed: readonly NamedFile[],
): Promise<string> {
  const board = 'board' in result.file ? [...result.file.board, ...signed] : [];
  const decisions = [...result.file.tieDecisions, decision];
  return withLongPauses(em, async () => {
    const file = await makeResultsFile(ctx, opened, result, decisions, board, result.file.root);
    await tables(em)
      .updateTable('result')
      .set({ file: await sealFile(ctx, opened, file) })
      .where('election', '=', opened.id)
      .execute();
    return file.signature;
  });
}

/**
 * The stored result; null when there is none, `damaged` when it does not open, or is another than the election's row
 * names: one from before a tie was decided is as genuine, and not what counts.
 */
export async function loadResult(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
): Promise<StoredResult | null | 'damaged'> {
  const row = await tables(em)
    .selectFrom('result')
    .selectAll()
    .where('election', '=', opened.id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const key = ctx.keys.result(opened.id);
  const plain = openBytes(key, row.sealed, aadOf(opened.id));
  if (plain === null) return 'damaged';
  const kept = JSON.parse(plain.toString('utf8')) as Kept;
  const bytes = row.file === null ? null : openBytes(key, row.file, fileAadOf(opened.id));
  const text =
    row.file === null
      ? await fileOfBefore(ctx, opened, kept, row.tie_decision)
      : ((bytes && unpadded(bytes)) ?? undefined);
  if (text === undefined) return 'damaged';
  const file = JSON.parse(text) as Made;
  if (opened.resultSignature !== null && file.signature !== opened.resultSignature) return 'damaged';
  return { ...kept, file, text };
}

const DECISIONS_MAC = 'elekto/tie decisions/1';

/**
 * results.json of a count from before files were stored: made of the kept count and the decisions beside it. What
 * was published then, of format 1, stays valid; this is the same result in the present format.
 */
async function fileOfBefore(
  ctx: Context,
  opened: OpenedElection,
  kept: Kept,
  stored: string | null,
): Promise<string | undefined> {
  const text = stored?.slice(stored.indexOf(' ') + 1) ?? '[]';
  if (stored !== null && `${ctx.keys.mac(DECISIONS_MAC, opened.id, text)} ${text}` !== stored)
    return undefined;
  const decisions = JSON.parse(text) as TieDecision[];
  const root = await countedRoot(opened.manifest, kept.ballots);
  const { outcome } = await makeResultsFile(ctx, opened, kept, decisions, [], root);
  // Until decisions were tried before they were recorded, one that settles nothing could be.
  const used = decisions.filter(({ winners }) =>
    outcome.seats.decisions.some(
      (each) => each.winners.length === winners.length && winners.every((id) => each.winners.includes(id)),
    ),
  );
  return [...piecesOf(await makeResultsFile(ctx, opened, kept, used, [], root))].join('');
}
