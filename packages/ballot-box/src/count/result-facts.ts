import type { ElectionKey } from '@elekto/election';
import { revisionsOf } from '@elekto/protocol/published';
import type { BoxFacts } from '@elekto/protocol/published';
import type { Result } from '@elekto/protocol/refusal';
import type { Context } from '../context.ts';
import { electionRow } from '../box/election-row.ts';
import { ok } from '../result.ts';
import { look } from '../transact.ts';
import { loadResult } from './stored-result.ts';

/**
 * What the box says of an election, for whoever tells the public what is published: no number, no name, nothing of the
 * ballots. A result that does not open is one that was not counted, with the trouble.
 */
export const resultFacts = (ctx: Context, key: ElectionKey): Promise<Result<BoxFacts>> =>
  look<BoxFacts>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, key);
    if (opened === null) return ok({ state: 'none' });
    if (opened.state === 'open') return ok({ state: 'open' });
    if (opened.state === 'closed') return ok({ state: 'closed', trouble: null });
    const result = await loadResult(ctx, em, opened);
    if (result === null || result === 'damaged')
      return ok({ state: 'closed', trouble: 'ballot-box-damaged' });
    const { file } = result;
    const { election, publicKey } = file;
    return ok({ state: 'counted', election, publicKey, revisions: revisionsOf(file) });
  });
