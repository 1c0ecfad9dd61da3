import { fileName, readFile } from '@elekto/custody';
import type { BoardFile, Refusal } from '@elekto/custody';
import type { EntityManager } from '@elekto/db';
import type { ElectionKey } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { toHex } from '@elekto/wire';
import { finalise } from '../box/finalise.ts';
import type { Context } from '../context.ts';
import { isTieDue } from '../offices/results.ts';
import { ok, refuse } from '../result.ts';
import type { BoardAnswer, BoardJob, Checked } from './arithmetic.ts';
import { officersElection, readChain, runOf } from './board-of.ts';
import type { OfficersElection } from './board-of.ts';
import { boxesOf, inspectedUntil } from './board-source.ts';
import type { BoardSource } from './board-source.ts';
import { chainOf } from './chain.ts';
import type { Chain } from './chain.ts';
import { computeAway } from './compute-away.ts';
import { decideTie, mayKeepTie } from './decide-tie.ts';
import { bytesOf, hashBytes, keepFile, keptFiles } from './kept-files.ts';
import { seeBranch } from './see-branch.ts';

/** What became of a file that an officer sent; a refusal of the arithmetic names step and party. */
export type Posted =
  | { readonly kept: 'kept' | 'known' }
  | { readonly refused: Pick<Refusal, 'code' | 'message'> };

/** Others may have been faster; then it is checked again against what is there now. */
const ATTEMPTS = 3;

/**
 * Takes a file of an officer: a mix, a decryption, a decision about a tie, or that the run is void. It is kept when it is
 * the next one by everything that stands on the board, rebuilt from its files; whose file it is, its signature says.
 */
export async function postFile(
  ctx: Context,
  key: ElectionKey,
  bytes: Uint8Array,
  source: BoardSource,
): Promise<Result<Posted>> {
  const file = readFile(bytes);
  if (file === null || file.kind === 'box') return ok({ refused: NO_FILE });
  for (let attempt = 1; ; attempt += 1) {
    const found = await officersElection(ctx, key);
    if (!found.ok) return found;
    const { opened } = found.value;
    const board = opened.manifestHash;
    const kept = await keptFiles(ctx, board);
    const about = aboutOf(file, bytes);
    const there = kept.find(({ name }) => name === about.name);
    if (there?.hash === about.hash && (await bytesOf(ctx, board, there)) !== null)
      return goOn(ctx, key, file, source, 'known');
    const chain = await seeBranch(ctx, opened, chainOf(kept), source);
    const checked = await check(ctx, found.value, chain, { file, bytes }, source);
    if (!checked.ok) return checked;
    if (!checked.value.ok) return ok({ refused: checked.value.error });
    const done = await keepFile(ctx, board, about, bytes, (em) => maySayAgain(ctx, em, opened, chain, file));
    if (done !== 'taken') return goOn(ctx, key, file, source, done);
    if (attempt >= ATTEMPTS) return refuse('conflict');
  }
}

/** What a kept file makes possible is done at once; the server does it later where this ends in between. */
async function goOn(
  ctx: Context,
  key: ElectionKey,
  { kind, seq }: BoardFile,
  source: BoardSource,
  kept: 'kept' | 'known',
): Promise<Result<Posted>> {
  if (kind === 'decrypt') await finalise(ctx, { key }, source);
  if (kind === 'tie') {
    const decided = await decideTie(ctx, key, seq, source);
    if (!decided.ok) return decided;
  }
  return ok({ kept });
}

/**
 * What an officer may say anew until enough say the same: otherwise one wrong word would stand for ever. Once a tie is decided, the
 * result names these very files.
 */
async function maySayAgain(
  ctx: Context,
  em: EntityManager,
  { key }: OfficersElection['opened'],
  { mixes }: Chain,
  { kind, seq }: BoardFile,
): Promise<boolean> {
  if (kind === 'tie') return isTieDue(ctx, em, { key }, seq - mixes.length - 1);
  return kind === 'void';
}

/** For bytes that are no file of an officer, whatever election they are shown to. */
const NO_FILE: Pick<Refusal, 'code' | 'message'> = {
  code: 'file-format',
  // eslint-disable-next-line elekto/words-in-catalogue -- as the other sentences of the arithmetic, in English
  message: 'File, whoever wrote it: it is no file that an officer adds to the board.',
};

const aboutOf = (file: BoardFile, bytes: Uint8Array): Parameters<typeof keepFile>[2] => ({
  name: fileName(file),
  officer: file.officer,
  previous: toHex(file.prevHash),
  hash: hashBytes(bytes),
  bytes: bytes.length,
});

interface Given {
  readonly file: BoardFile;
  readonly bytes: Uint8Array;
}

async function check(
  ctx: Context,
  election: OfficersElection,
  chain: Chain,
  { file, bytes }: Given,
  source: BoardSource,
): Promise<Result<Checked<BoardAnswer>>> {
  const { opened, electors } = election;
  const run = runOf(opened, source);
  if (!run.ok) return run;
  const { kind } = file;
  if (kind === 'void') {
    const decrypted = chain.decryptions.length > 0;
    return ok(await computeAway({ do: kind, run: run.value, files: [bytes], decrypted }));
  }
  if (opened.state === 'open') return refuse('not-closed-yet', opened.closesAt);
  const isCounted = opened.state !== 'closed';
  if (isCounted ? kind !== 'tie' : kind === 'tie')
    return refuse(isCounted ? 'board-counted' : 'waits-for-officers');
  if (opened.state === 'published') return refuse('already-published');
  const read = await readChain(ctx, opened.manifestHash, chain, electors);
  if (read === null) return refuse('board-not-ready');
  const job = { run: run.value, chain: read.files };
  if (kind === 'tie') {
    const number = file.seq - read.chain.mixes.length - 1;
    const may = await mayKeepTie(ctx, opened.key, number, file);
    if (!may.ok) return may;
    return ok(await computeAway({ ...job, do: kind, number, files: [bytes] }));
  }
  const { onBranch, otherBoxes } = boxesOf(source, opened, read.chain.box);
  const known = {
    endsAt: opened.closesAt,
    inspectedAt: inspectedUntil(source, read.chain.box) ?? Infinity,
    now: await ctx.db.read((em) => ctx.now(em)),
    boxesOnBranch: [...(onBranch && read.chain.box !== null ? [read.chain.box.hash] : []), ...otherBoxes],
  };
  const asked: BoardJob = { ...job, do: kind as 'mix' | 'decrypt', file: bytes, known };
  return ok(await computeAway(asked));
}
