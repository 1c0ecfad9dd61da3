import { readFile } from '@elekto/custody';
import type { Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { toHex } from '@elekto/wire';
import { electionRow } from '../box/election-row.ts';
import type { Context } from '../context.ts';
import { ok, refuse } from '../result.ts';
import { look } from '../transact.ts';
import { bytesOf, keptFiles } from './kept-files.ts';

/**
 * Whether voting may start anew as far as its officers are concerned: where they hold the key of the ballots that were
 * cast, as many as open a count have signed, word for word the same, that the run is void. Each of these files was checked
 * when it was kept. Refuses with `decision-unsigned`. Nothing to ask where the server holds the key.
 */
export async function isVoidedByQuorum(ctx: Context, { key }: Pick<Election, 'key'>): Promise<Result<null>> {
  const found = await look(ctx, async (em) => ok(await electionRow(ctx, em, key)));
  if (!found.ok) return found;
  const opened = found.value;
  if (opened?.manifest.suite !== 2 || !opened.pinned) return ok(null);
  const { manifestHash, manifest } = opened;
  const bodies: string[] = [];
  for (const file of await keptFiles(ctx, manifestHash)) {
    const bytes = file.kind === 'void' ? await bytesOf(ctx, manifestHash, file) : null;
    const parsed = bytes === null ? null : readFile(bytes);
    if (parsed !== null) bodies.push(toHex(parsed.body));
  }
  const same = Map.groupBy(bodies, (body) => body);
  const isQuorum = [...same.values()].some(({ length }) => length >= manifest.threshold);
  return isQuorum ? ok(null) : refuse('decision-unsigned');
}
