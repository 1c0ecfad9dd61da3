import { createHash } from 'node:crypto';
import { readFileName } from '@elekto/custody';
import type { FileKind } from '@elekto/custody';
import { asBytes, insertUnlessThere, lockRows, tables } from '@elekto/db';
import type { EntityManager, RowLock } from '@elekto/db';
import type { Instant } from '@elekto/election';
import { canonicalJson } from '@elekto/wire';
import type { Context } from '../context.ts';

/** A file of a board, without its bytes. */
export interface KeptFile {
  readonly name: string;
  readonly kind: FileKind;
  readonly seq: number;
  /** Position from 1; 0 for the server. */
  readonly officer: number;
  /** Hex: of the file that it follows on, and its own. */
  readonly previous: string;
  readonly hash: string;
  readonly bytes: number;
  /** For the box: when its hash was first seen on the branch; null before, and for the others. */
  readonly onBranchSince: Instant | null;
}

type About = Omit<KeptFile, 'name' | 'kind' | 'seq'>;

/** Whether something was written, was there already, or its place is another file's. */
export type Kept = 'kept' | 'known' | 'taken';

const macOf = (ctx: Pick<Context, 'keys'>, board: string, name: string, about: string): string =>
  ctx.keys.mac('elekto/board file/1', board, name, about);

export const hashBytes = (bytes: Uint8Array): string =>
  createHash('sha256').update(asBytes(bytes)).digest('hex');

type Row = Record<'name' | 'about' | 'mac', string>;

/** What a row says when this server wrote it; null for any other. */
function fromRow(ctx: Pick<Context, 'keys'>, board: string, { name, about, mac }: Row): KeptFile | null {
  const named = readFileName(name);
  if (named === null || macOf(ctx, board, name, about) !== mac) return null;
  const { kind, seq } = named;
  return { name, kind, seq, ...(JSON.parse(about) as About) };
}

/** The files of a board that a server with these keys has checked. Of what somebody else wrote there, nothing. */
export const keptFiles = (ctx: Pick<Context, 'db' | 'keys'>, board: string): Promise<KeptFile[]> =>
  ctx.db.read((em) => keptFilesIn(ctx, em, board));

export async function keptFilesIn(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  board: string,
  lock: RowLock = 'none',
): Promise<KeptFile[]> {
  const query = tables(em)
    .selectFrom('board_file')
    .select(['name', 'about', 'mac'])
    .where('board', '=', board)
    .orderBy('name');
  const rows = await lockRows(em, query, lock).execute();
  return rows.flatMap((row) => fromRow(ctx, board, row) ?? []);
}

/** The bytes of a kept file; null when they are gone, or somebody has changed them. */
export const bytesOf = (
  ctx: Pick<Context, 'db'>,
  board: string,
  { name, hash }: Pick<KeptFile, 'name' | 'hash'>,
): Promise<Uint8Array | null> =>
  ctx.db.read(async (em) => {
    const row = await tables(em)
      .selectFrom('board_file')
      .select('file')
      .where('board', '=', board)
      .where('name', '=', name)
      .executeTakeFirst();
    return row === undefined || hashBytes(row.file) !== hash ? null : row.file;
  });

/**
 * Keeps a file that was checked. What is there never changes, unless its officer may say it again; what somebody else wrote in its place with the database's own
 * means, or made of it, is no file and makes room.
 *
 * @param saysAgain whether its officer may, asked before anything of the board is locked; it holds to the end of the transaction.
 */
export const keepFile = (
  ctx: Pick<Context, 'db' | 'keys'>,
  board: string,
  file: Omit<KeptFile, 'kind' | 'seq' | 'onBranchSince'>,
  bytes: Uint8Array,
  saysAgain: (em: EntityManager) => Promise<boolean> = () => Promise.resolve(false),
): Promise<Kept> =>
  ctx.db.transaction(async (em) => {
    const isSaidAgain = await saysAgain(em);
    const row = rowOf(ctx, board, { ...file, onBranchSince: null }, bytes);
    if (await insertUnlessThere(em, 'board_file', row)) return 'kept';
    const query = tables(em)
      .selectFrom('board_file')
      .select(['name', 'about', 'mac', 'file'])
      .where('board', '=', board)
      .where('name', '=', file.name);
    const there = await lockRows(em, query, 'update').executeTakeFirst();
    const known = there === undefined ? null : fromRow(ctx, board, there);
    if (there !== undefined && known !== null && hashBytes(there.file) === known.hash) {
      if (known.hash === file.hash) return 'known';
      if (!isSaidAgain) return 'taken';
    }
    await tables(em)
      .updateTable('board_file')
      .set(row)
      .where('board', '=', board)
      .where('name', '=', file.name)
      .execute();
    return 'kept';
  });

/** Notes when the hash of a box was first seen on the branch; later times change nothing. */
export const noteOnBranch = (
  ctx: Pick<Context, 'db' | 'keys'>,
  board: string,
  box: KeptFile,
  at: Instant,
): Promise<KeptFile> =>
  ctx.db.transaction(async (em) => {
    const query = tables(em)
      .selectFrom('board_file')
      .select(['name', 'about', 'mac'])
      .where('board', '=', board)
      .where('name', '=', box.name);
    const row = await lockRows(em, query, 'update').executeTakeFirst();
    const there = row === undefined ? null : fromRow(ctx, board, row);
    if (there === null || there.hash !== box.hash) return box;
    if (there.onBranchSince !== null) return there;
    const noted = { ...there, onBranchSince: at };
    const { about, mac } = vouched(ctx, board, noted);
    await tables(em)
      .updateTable('board_file')
      .set({ about, mac })
      .where('board', '=', board)
      .where('name', '=', box.name)
      .execute();
    return noted;
  });

function vouched(
  ctx: Pick<Context, 'keys'>,
  board: string,
  { name, officer, previous, hash, bytes, onBranchSince }: About & Pick<KeptFile, 'name'>,
): Row {
  const about = canonicalJson({ officer, previous, hash, bytes, onBranchSince });
  return { name, about, mac: macOf(ctx, board, name, about) };
}

const rowOf = (
  ctx: Pick<Context, 'keys'>,
  board: string,
  file: About & Pick<KeptFile, 'name'>,
  bytes: Uint8Array,
) => ({ board, ...vouched(ctx, board, file), file: Buffer.from(bytes) });
