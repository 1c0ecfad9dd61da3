import { tables } from '@elekto/db';
import type { Election } from '@elekto/election';
import { layOutBoard } from '../board/lay-out-board.ts';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import type { ElectionKeys } from '../keys/key-store.ts';
import { storeResult } from '../count/stored-result.ts';
import type { Result } from '@elekto/protocol/refusal';
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
 * nothing then; with `waits-for-officers` while only a quorum of officers can open the ballots.
 */
export async function finalise(ctx: Context, election: Pick<Election, 'key'>): Promise<Result<null>> {
  const found = await look(ctx, async (em) => ok(await electionRow(ctx, em, election.key)));
  if (!found.ok) return found;
  const opened = found.value;
  if (opened === null) return refuse('not-open-yet');
  if (opened.state === 'open') return refuse('not-ended-yet', opened.closesAt);
  if (opened.state === 'closed' && opened.manifest.suite === 2) {
    const laid = await layOutBoard(ctx, election, opened);
    // The server holds no key that could open one of these.
    return laid.ok ? refuse('waits-for-officers') : laid;
  }
  if (opened.state === 'closed') {
    const counted = await countAndStore(ctx, opened);
    if (!counted.ok) return counted;
  }
  ctx.keys.destroyElection(opened.id);
  if (opened.manifest.receipts === 'none') ctx.keys.destroyLink(opened.id);
  return ok(null);
}

async function countAndStore(ctx: Context, opened: OpenedElection): Promise<Result<null>> {
  /** Unless another server has counted, emptied the box and destroyed the keys in the meantime. */
  const damaged = async (why: string): Promise<Result<null>> => {
    const now = await look(ctx, async (em) => ok(await electionRow(ctx, em, opened.key)));
    return now.ok && now.value !== null && now.value.state !== 'closed' ? ok(null) : doesNotAddUp(why);
  };
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
export function storeCount(
  ctx: Context,
  opened: OpenedElection,
  contents: Pick<BoxContents, 'ballots' | 'records'>,
  event: { readonly actor: string; readonly action: string; readonly detail: string },
): Promise<Result<null>> {
  return transact(ctx, async (em) => {
    const now = await electionRow(ctx, em, opened.key, 'update');
    if (now === null || now.id !== opened.id) return refuse('unknown-election');
    if (now.state !== 'closed') return ok(null);
    const roll = await readRoll(em, now);
    const ever = everOnRoll(roll);
    if (contents.ballots.length > ever) {
      return doesNotAddUp(`${contents.ballots.length} ballots, and ${ever} people were ever on the roll`);
    }
    const resultSignature = await storeResult(ctx, em, now, {
      ballots: contents.ballots,
      records: contents.records,
      eligible: ever,
      closedAt: now.closedAt ?? now.closesAt,
    });
    await tables(em).deleteFrom('ballot_box').where('election', '=', opened.id).execute();
    await tables(em).deleteFrom('unlock_failure').where('election', '=', opened.id).execute();
    await changeElection(ctx, em, now, { state: 'finalised', resultSignature });
    await appendAudit(ctx, em, { key: opened.key, at: await ctx.now(em), ...event });
    return ok(null);
  });
}

const countedText = ({ ballots, setAside }: BoxContents): string =>
  setAside === 0
    ? `${ballots.length} ballots`
    : `${ballots.length} ballots; ${setAside} set aside, made from the same seed as another one`;

const doesNotAddUp = (why: string): Result<never> =>
  refuse('ballot-box-damaged', undefined, `nothing was counted: ${why}`);
