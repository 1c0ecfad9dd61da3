import { setImmediate as letOthers } from 'node:timers/promises';
import { tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import type { BoardSource } from '../board/board-source.ts';
import { openByOfficers } from '../board/open-by-officers.ts';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import type { ElectionKeys } from '../keys/key-store.ts';
import { countedRoot } from '../count/results-file.ts';
import { storeResult } from '../count/stored-result.ts';
import type { Result } from '@elekto/protocol/refusal';
import type { NamedFile } from '@elekto/protocol/result';
import { SERVER, appendAudit, recordProblem } from '../offices/audit-trail.ts';
import { ok, refuse } from '../result.ts';
import { look, transact } from '../transact.ts';
import { checkpointProblem } from './checkpoints.ts';
import { changeElection, electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';
import { openBox } from './open-box.ts';
import type { BoxContents, Damage } from './open-box.ts';
import { everOnRoll, readRoll } from './roll.ts';

/**
 * Counts a closed election: decrypts the box, stores the sealed result, empties the box and destroys the
 * election's keys, in this order, so that a crash between the steps loses nothing; running it again
 * finishes what is left. Refuses with `ballot-box-damaged` when anything does not add up, and changes
 * nothing then; with `waits-for-officers` while officers have to do the next step, see `openByOfficers`. `source` is what
 * the repository says of their board; without it the server does what it can without.
 */
export async function finalise(
  ctx: Context,
  election: Pick<Election, 'key'>,
  source: BoardSource | null = null,
): Promise<Result<null>> {
  const found = await look(ctx, async (em) => ok(await electionRow(ctx, em, election.key)));
  if (!found.ok) return found;
  const opened = found.value;
  if (opened === null) return refuse('not-open-yet');
  if (opened.state === 'open') return refuse('not-ended-yet', opened.closesAt);
  if (opened.state === 'closed') {
    const counted =
      opened.manifest.suite === 2
        ? await storeOfficersCount(ctx, opened, source)
        : await countAndStore(ctx, opened);
    if (!counted.ok) return counted;
  }
  ctx.keys.destroyElection(opened.id);
  if (opened.manifest.receipts === 'none') ctx.keys.destroyLink(opened.id);
  return ok(null);
}

/** Stores what officers opened: their decryptions took as many mixes, and so as many have the box as it takes. */
async function storeOfficersCount(
  ctx: Context,
  opened: OpenedElection,
  source: BoardSource | null,
): Promise<Result<null>> {
  const found = await openByOfficers(ctx, opened, source);
  if (!found.ok) return found;
  const { rows, invalid, files } = found.value;
  const ballots = rows.map((ranks) => ({ tracker: '', ranks }));
  const contents = { ballots, records: [], invalid, files };
  const detail =
    invalid === 0 ? `${rows.length} ballots` : `${rows.length} ballots; ${invalid} hold no ranking`;
  return storeCount(ctx, opened, contents, { actor: SERVER, action: 'counted', detail });
}

async function countAndStore(ctx: Context, opened: OpenedElection): Promise<Result<null>> {
  /** Unless another server has counted, emptied the box and destroyed the keys in the meantime. */
  const damaged = async (why: string): Promise<Result<null>> => {
    const now = await look(ctx, async (em) => ok(await electionRow(ctx, em, opened.key)));
    return now.ok && now.value !== null && now.value.state !== 'closed' ? ok(null) : doesNotAddUp(why);
  };
  // SQLite answers at once: of closing, which comes before, and reading, each is a turn.
  await letOthers();
  const keys = await ctx.keys.election(opened.id);
  if (keys === null) return damaged('the keys of this election are not in the secrets directory');
  const contents = await readBox(ctx, opened, keys);
  if ('damage' in contents) return damaged(contents.damage);
  const problem = await checkpointProblem(ctx, opened, contents.versions);
  if (problem !== null) return damaged(problem);
  const record = await recordProblem(ctx);
  if (record !== null) return damaged(record.message);
  return storeCount(ctx, opened, contents, {
    actor: SERVER,
    action: 'counted',
    detail: countedText(contents),
  });
}

/** As `openBox`; a row beside the box that was altered is damage too. */
async function readBox(
  ctx: Context,
  opened: OpenedElection,
  keys: ElectionKeys,
): Promise<BoxContents | Damage> {
  try {
    return await openBox(ctx, opened, keys);
  } catch (error) {
    if (error instanceof BoxDamaged) return { damage: error.message };
    throw error;
  }
}

/** Stores what was counted, and empties the box, in one transaction; nothing when another server was faster. */
export async function storeCount(
  ctx: Context,
  opened: OpenedElection,
  contents: Pick<BoxContents, 'ballots' | 'records'> & {
    readonly invalid?: number;
    readonly files?: readonly NamedFile[];
  },
  event: { readonly actor: string; readonly action: string; readonly detail: string },
): Promise<Result<null>> {
  // Before a lock is taken: it follows from the ballots alone.
  const root = await countedRoot(opened.manifest, contents.ballots);
  return transact(ctx, async (em) => {
    const now = await electionRow(ctx, em, opened.key, 'update');
    if (now === null || now.id !== opened.id) return refuse('unknown-election');
    if (now.state !== 'closed') return ok(null);
    const roll = await readRoll(em, now);
    const ever = everOnRoll(roll);
    const { ballots, records, invalid = 0, files = [] } = contents;
    if (ballots.length + invalid > ever) {
      return doesNotAddUp(`${ballots.length + invalid} ballots, and ${ever} people were ever on the roll`);
    }
    const kept = {
      ballots,
      records,
      eligible: ever,
      closedAt: now.closedAt ?? now.closesAt,
      ...(now.manifest.suite === 2 && { invalid }),
    };
    const resultSignature = await storeResult(ctx, em, now, kept, files, root);
    await tables(em).deleteFrom('ballot_box').where('election', '=', opened.id).execute();
    await tables(em).deleteFrom('unlock_failure').where('election', '=', opened.id).execute();
    await changeElection(ctx, em, now, { state: 'finalised', resultSignature });
    await appendAudit(ctx, em, { key: opened.key, at: await ctx.now(em), ...event });
    // To bring all of it to the disk is a step of its own.
    await letOthers();
    return ok(null);
  });
}

const countedText = ({ ballots, setAside }: BoxContents): string =>
  setAside === 0
    ? `${ballots.length} ballots`
    : `${ballots.length} ballots; ${setAside} set aside, made from the same seed as another one`;

const doesNotAddUp = (why: string): Result<never> =>
  refuse('ballot-box-damaged', undefined, `nothing was counted: ${why}`);
