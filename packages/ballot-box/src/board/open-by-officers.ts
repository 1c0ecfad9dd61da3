import type { Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import type { NamedFile } from '@elekto/protocol/result';
import { countParticipations } from '../box/open-box.ts';
import type { Context } from '../context.ts';
import { ok, refuse } from '../result.ts';
import { officersElection, readChain, runOf } from './board-of.ts';
import type { OfficersElection } from './board-of.ts';
import { boxesOf, inspectedUntil } from './board-source.ts';
import type { BoardSource } from './board-source.ts';
import { chainOf } from './chain.ts';
import type { Chain } from './chain.ts';
import { computeAway } from './compute-away.ts';
import { keptFiles } from './kept-files.ts';
import { layOutBoard } from './lay-out-board.ts';
import { seeBranch } from './see-branch.ts';

/** What officers opened, with the files that it follows from. */
export interface OpenedByOfficers {
  /** Ranks in the manifest's order, 0 for not ranked, in the order in which they are published. */
  readonly rows: readonly (readonly number[])[];
  readonly invalid: number;
  /** In the order in which they are read. */
  readonly files: readonly NamedFile[];
}

/**
 * Brings a closed election of officers as far as the server can: lays the box out, notes when its hash stands on the
 * branch, and opens the ballots once enough officers have decrypted. Every step is found done by whoever comes next.
 *
 * Refuses with `waits-for-officers` while they have something to do, with `ballot-box-damaged` when the box does not add up, with
 * `board-key-missing`, `box-not-on-branch` and `two-boxes` when the repository does not have what it must.
 */
export async function openByOfficers(
  ctx: Context,
  election: Pick<Election, 'key'>,
  source: BoardSource | null,
): Promise<Result<OpenedByOfficers>> {
  const found = await officersElection(ctx, election.key);
  if (!found.ok) return found;
  const { opened, electors } = found.value;
  const board = opened.manifestHash;
  const laid = await layOutBoard(ctx, election, opened);
  if (!laid.ok) return laid;
  if (source === null) return refuse('waits-for-officers');
  const seen = await seeBranch(ctx, opened, chainOf(await keptFiles(ctx, board)), source);
  const run = runOf(opened, source);
  if (!run.ok) return run;
  const inspected = await isInspected(ctx, opened, seen, source);
  if (!inspected.ok) return inspected;
  // Where somebody made this up, the box says so, and nothing is opened.
  const isEmpty = (await ctx.db.read((em) => countParticipations(em, opened.id))) === 0;
  if (!inspected.value || (!isEmpty && !isDecrypted(opened, seen))) return refuse('waits-for-officers');
  const read = await readChain(ctx, board, seen, electors);
  if (read === null) return refuse('waits-for-officers');
  const made = await computeAway({ do: 'combine', run: run.value, chain: read.files });
  if (!made.ok)
    return made.error.code === 'decryption-too-few'
      ? refuse('waits-for-officers')
      : refuse('ballot-box-damaged', undefined, made.error.message);
  const { rows = [], invalid = 0 } = made.value;
  const { box, mixes, decryptions } = read.chain;
  const files = [...(box === null ? [] : [box]), ...mixes, ...decryptions];
  return ok({ rows, invalid, files: files.map(({ name, hash }) => ({ name, sha256: hash })) });
}

const isDecrypted = ({ manifest: { threshold } }: OfficersElection['opened'], chain: Chain): boolean =>
  chain.mixes.length >= threshold && chain.decryptions.length >= threshold;

/** How long officers may take to propose the hash of a box before it is told as a trouble. */
const PATIENCE = 24 * 60 * 60 * 1000;

/**
 * Whether a box stands alone on the branch and its inspection is over. Refuses with `box-not-on-branch` when its hash was
 * there and is gone, or nobody has proposed it for a day; with `two-boxes` when another one stands there for the same run.
 */
async function isInspected(
  ctx: Context,
  opened: OfficersElection['opened'],
  { box }: Chain,
  source: BoardSource,
): Promise<Result<boolean>> {
  if (box === null) return ok(false);
  const now = await ctx.db.read((em) => ctx.now(em));
  const { onBranch, otherBoxes } = boxesOf(source, opened, box);
  if (otherBoxes.length > 0) return refuse('two-boxes');
  if (!onBranch) {
    const isLate = now > (opened.closedAt ?? opened.closesAt) + PATIENCE;
    return box.onBranchSince !== null || isLate ? refuse('box-not-on-branch') : ok(false);
  }
  const until = inspectedUntil(source, box);
  return ok(until !== null && now >= until);
}
