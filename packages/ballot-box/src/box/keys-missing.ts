import { tables } from '@elekto/db';
import type { ElectionKey } from '@elekto/election';
import type { Context } from '../context.ts';
import { look } from '../transact.ts';
import { ok } from '../result.ts';
import { electionRow } from './election-row.ts';

/**
 * The elections that are not counted and whose keys are not in the secrets directory, ascending: those ballots cannot be
 * opened unless the keys are brought back. What is wrong with a damaged row is told elsewhere.
 */
export async function keysMissing(ctx: Context): Promise<ElectionKey[]> {
  const rows = await ctx.db.read((em) =>
    tables(em)
      .selectFrom('election')
      .select('key')
      .where('state', 'in', ['open', 'closed'])
      .orderBy('key')
      .execute(),
  );
  const missing: ElectionKey[] = [];
  for (const { key } of rows) {
    const found = await look(ctx, async (em) => ok(await electionRow(ctx, em, key)));
    const row = found.ok ? found.value : null;
    if (row === null || (row.state !== 'open' && row.state !== 'closed')) continue;
    if (ctx.keys.holds(row.id) && ctx.keys.link(row.id) !== null) continue;
    // Unless it was counted meanwhile.
    const now = await look(ctx, async (em) => ok(await electionRow(ctx, em, key)));
    if (now.ok && now.value?.id === row.id && now.value.state === row.state) missing.push(key);
  }
  return missing;
}
