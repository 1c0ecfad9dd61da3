import type { ElectionKey, Instant } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import type { Context } from '../context.ts';
import { ok, refuse } from '../result.ts';
import { officersElection, runOf } from './board-of.ts';
import type { OfficersElection } from './board-of.ts';
import { voidsIn } from './voids-in.ts';
import { boxesOf, inspectedUntil } from './board-source.ts';
import type { BoardSource } from './board-source.ts';
import { chainOf } from './chain.ts';
import type { Chain } from './chain.ts';
import { bytesOf, keptFiles } from './kept-files.ts';
import type { KeptFile } from './kept-files.ts';
import { seeBranch } from './see-branch.ts';

/** What is due: the box waits to be looked at, to be mixed, to be decrypted; or everything is done. */
export const BOARD_PHASES = ['inspection', 'mixing', 'decrypting', 'counted'] as const;
export type BoardPhase = (typeof BOARD_PHASES)[number];

/** How far the officers are with a count. */
export interface BoardStanding {
  readonly phase: BoardPhase;
  /** SHA-256 of the box, hex; null until the server has laid it out. */
  readonly boxHash: string | null;
  /** Whether that hash stands on the branch. */
  readonly onBranch: boolean;
  /** Until when the box is open to inspection, ms; null while its hash is not on the branch. */
  readonly inspectedUntil: Instant | null;
  /** Boxes of this run on the branch that are another one than this. */
  readonly otherBoxes: readonly string[];
  /** Positions from 1: who mixed, in order, and who decrypted. */
  readonly mixers: readonly number[];
  readonly decrypted: readonly number[];
  /** Who signed that this run counts for nothing, and for which reason. */
  readonly voided: readonly { readonly officer: number; readonly reason: string }[];
  readonly threshold: number;
  /** Logins in the order of positions. */
  readonly officers: readonly string[];
}

/** How far the officers are; while votes are taken, who has signed that they are void. */
export async function boardStanding(
  ctx: Context,
  key: ElectionKey,
  source: BoardSource,
): Promise<Result<BoardStanding>> {
  const found = await officersElection(ctx, key);
  if (!found.ok) return found;
  const { opened } = found.value;
  const chain = await seeBranch(ctx, opened, chainOf(await keptFiles(ctx, opened.manifestHash)), source);
  const voided = await signedVoids(ctx, opened, chain, source);
  return ok({ ...standingOf(opened, chain, source, await ctx.db.read((em) => ctx.now(em))), voided });
}

/** By whom, and why; none while the repository does not have the key that their signatures are checked by. */
async function signedVoids(
  ctx: Context,
  opened: OfficersElection['opened'],
  chain: Chain,
  source: BoardSource,
): Promise<BoardStanding['voided']> {
  const run = runOf(opened, source);
  if (!run.ok || chain.voids.length === 0) return [];
  const { signed } = await voidsIn(ctx, opened.manifestHash, chain, run.value);
  return signed.map(({ officer, reason }) => ({ officer, reason }));
}

function standingOf(
  opened: OfficersElection['opened'],
  chain: Chain,
  source: BoardSource,
  now: Instant,
): Omit<BoardStanding, 'voided'> {
  const { box, mixes, decryptions } = chain;
  const { threshold, officers } = opened.manifest;
  const until = inspectedUntil(source, box);
  const { onBranch, otherBoxes } = boxesOf(source, opened, box);
  const isInspected = until !== null && now >= until && onBranch && otherBoxes.length === 0;
  const phase: BoardPhase =
    opened.state === 'finalised' || opened.state === 'published'
      ? 'counted'
      : mixes.length >= threshold
        ? 'decrypting'
        : isInspected
          ? 'mixing'
          : 'inspection';
  return {
    phase,
    boxHash: box?.hash ?? null,
    onBranch,
    inspectedUntil: until,
    otherBoxes,
    mixers: mixes.map(({ officer }) => officer),
    decrypted: decryptions.map(({ officer }) => officer),
    threshold,
    officers,
  };
}

/** A file of a board as anybody may ask for it. */
export interface ListedFile {
  readonly name: string;
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** A file that is given, and the board on which it lies. */
interface Given extends ListedFile {
  readonly board: string;
  readonly file: KeptFile;
}

/** The files of a closed election's board that follow on each other, and what voided the runs before. */
async function givenFiles(ctx: Context, key: ElectionKey): Promise<Result<Given[]>> {
  const found = await officersElection(ctx, key);
  if (!found.ok) return found;
  const { opened } = found.value;
  if (opened.state === 'open') return refuse('not-closed-yet', opened.closesAt);
  const given = (board: string, files: readonly KeptFile[], before = ''): Given[] =>
    files.map((file) => ({
      ...{ name: `${before}${file.name}`, sha256: file.hash, bytes: file.bytes },
      ...{ board, file },
    }));
  const earlier: Given[] = [];
  for (const [index, { manifestHash }] of opened.voided.entries()) {
    const { voids } = chainOf(await keptFiles(ctx, manifestHash));
    earlier.push(...given(manifestHash, voids, `run${index + 1}-`));
  }
  const { box, mixes, decryptions, ties, voids } = chainOf(await keptFiles(ctx, opened.manifestHash));
  const all = [...voids, ...(box === null ? [] : [box]), ...mixes, ...decryptions, ...ties];
  return ok([...earlier, ...given(opened.manifestHash, all)]);
}

/**
 * The files of a closed election's board that follow on each other, in the order in which they are read. Before them, as
 * `run1-00-void-02.bin`, by which officers voided each run before, so that anybody can check why there were more.
 */
export async function boardFiles(ctx: Context, key: ElectionKey): Promise<Result<ListedFile[]>> {
  const found = await givenFiles(ctx, key);
  return found.ok ? ok(found.value.map(({ name, sha256, bytes }) => ({ name, sha256, bytes }))) : found;
}

/** One of those files; null when there is none of this name. */
export async function boardFile(
  ctx: Context,
  key: ElectionKey,
  name: string,
): Promise<Result<Uint8Array | null>> {
  const found = await givenFiles(ctx, key);
  if (!found.ok) return found;
  const given = found.value.find((each) => each.name === name);
  return ok(given === undefined ? null : await bytesOf(ctx, given.board, given.file));
}
