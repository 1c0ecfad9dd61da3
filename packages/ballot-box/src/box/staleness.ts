import type { ElectionKey } from '@elekto/election';
import type { Context } from '../context.ts';
import { readRequests } from '../offices/request-rows.ts';
import { ok, refuse } from '../result.ts';
import { look } from '../transact.ts';
import { electionRow } from './election-row.ts';
import { boxStaleness } from './freshness.ts';

/**
 * Why an election, or a request for an exception of it, is older in the database than the secrets directory knows, or not as the server wrote it;
 * null when nothing is wrong. A few words for the operator.
 */
export async function staleness(ctx: Pick<Context, 'db' | 'keys'>, key: ElectionKey): Promise<string | null> {
  const found = await look(ctx, async (em) => {
    const opened = await electionRow(ctx, em, key, 'none');
    const holdsBox = opened !== null && (opened.state === 'open' || opened.state === 'closed');
    const stale = holdsBox ? await boxStaleness(ctx, em, opened) : null;
    if (stale === null) await readRequests(ctx, em, key);
    return stale === null ? ok(null) : refuse('ballot-box-damaged', undefined, stale);
  });
  return found.ok ? null : (found.error.why ?? found.error.kind);
}
