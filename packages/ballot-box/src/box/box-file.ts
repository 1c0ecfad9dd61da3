/* eslint elekto/words-in-catalogue: off -- for the operator's log, in English as all of it */
import { readManifest, writeBox } from '@elekto/custody';
import type { Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { canonicalJson } from '@elekto/wire';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import { recordProblem } from '../offices/audit-trail.ts';
import { ok, refuse } from '../result.ts';
import { look } from '../transact.ts';
import { checkpointProblem } from './checkpoints.ts';
import { electionRow } from './election-row.ts';
import { collectBox } from './open-box.ts';
import { keepReleasesKnown } from './releases-known.ts';

/**
 * The first file of the board, `00-box`: every record of a closed box as it is, in the order of handles, which tells nothing
 * of casting, signed by the key that the manifest names. The same bytes whenever it is asked for; nothing is
 * opened for it. null for an election whose key the server keeps.
 *
 * Refuses with `not-closed-yet` before the close, and with `ballot-box-damaged` when anything does not add up.
 */
export async function boxFile(
  ctx: Context,
  election: Pick<Election, 'key'>,
): Promise<Result<Uint8Array | null>> {
  const found = await look(ctx, async (em) => ok(await electionRow(ctx, em, election.key)));
  if (!found.ok) return found;
  const opened = found.value;
  if (opened === null) return refuse('not-open-yet');
  if (opened.state === 'open') return refuse('not-closed-yet', opened.closesAt);
  if (opened.manifest.suite !== 2) return ok(null);
  const damaged = (why: string): Result<never> => refuse('ballot-box-damaged', undefined, why);
  const keys = await ctx.keys.election(opened.id);
  if (keys === null) return damaged('the keys of this election are not in the secrets directory');
  try {
    const contents = await collectBox(ctx, opened, keys);
    if ('damage' in contents) return damaged(contents.damage);
    const record = await recordProblem(ctx);
    const problem = (await checkpointProblem(ctx, opened, contents.versions)) ?? record?.message ?? null;
    if (problem !== null) return damaged(problem);
    await keepReleasesKnown(ctx, opened.id, contents.released);
    const manifest = readManifest(canonicalJson(opened.manifest));
    if (!manifest.ok) return damaged(manifest.error.message);
    const records = contents.records.map(({ record }) => record);
    return ok(writeBox(manifest.value, records, null, keys.boxSigner));
  } catch (error) {
    if (error instanceof BoxDamaged) return damaged(error.message);
    throw error;
  }
}
