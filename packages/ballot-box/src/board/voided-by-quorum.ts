import type { Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { electionRow } from '../box/election-row.ts';
import type { OpenedElection } from '../box/election-row.ts';
import type { Context } from '../context.ts';
import { ok, refuse } from '../result.ts';
import { look } from '../transact.ts';
import { runOf } from './board-of.ts';
import type { BoardSource } from './board-source.ts';
import { chainOf } from './chain.ts';
import { computeAway } from './compute-away.ts';
import { keptFiles } from './kept-files.ts';
import { voidsIn } from './voids-in.ts';

/** The manifest's hash, hex, of ballots that officers void with their signatures; null where they need not. */
export type VoidedRun = string | null;

/** The run that its officers have to void before voting starts anew. */
export const runToVoid = ({ manifest, pinned, manifestHash }: OpenedElection): VoidedRun =>
  manifest.suite === 2 && pinned ? manifestHash : null;

/**
 * Whether voting may start anew as far as its officers are concerned: where they hold the key of the ballots that were
 * cast, as many as open a count have signed, word for word the same, that the run is void. Their signatures are checked
 * again each time. Gives the run that they have voided. Nothing to ask where the server holds the key.
 *
 * Refuses with `decision-unsigned`; with `void-made-up` when some of what is missing is there under an officer's name that did not
 * sign it; with `board-key-missing` when `source` does not have the key that the signatures are checked by.
 */
export async function isVoidedByQuorum(
  ctx: Context,
  { key }: Pick<Election, 'key'>,
  source: BoardSource | null,
): Promise<Result<VoidedRun>> {
  const found = await look(ctx, async (em) => ok(await electionRow(ctx, em, key)));
  if (!found.ok) return found;
  const opened = found.value;
  const voided = opened === null ? null : runToVoid(opened);
  if (opened?.manifest.suite !== 2 || voided === null) return ok(null);
  const { manifestHash, manifest } = opened;
  if (source === null) return refuse('board-key-missing');
  const run = runOf({ ...opened, manifest }, source);
  if (!run.ok) return run;
  const chain = chainOf(await keptFiles(ctx, manifestHash));
  const { signed, madeUp } = await voidsIn(ctx, manifestHash, chain, run.value);
  const decrypted = chain.decryptions.length > 0;
  for (const same of Map.groupBy(signed, ({ body }) => body).values()) {
    const files = same.map(({ bytes }) => bytes);
    const together = await computeAway({ do: 'void', run: run.value, files, decrypted });
    // Null while too few have signed.
    if (together.ok && together.value.decision !== null) return ok(voided);
  }
  return refuse(madeUp.length > 0 ? 'void-made-up' : 'decision-unsigned');
}
