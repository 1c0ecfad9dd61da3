import { tables } from '@elekto/db';
import type { ElectionKey } from '@elekto/election';
import type { Context } from '../context.ts';
import { keysOfRequests } from '../offices/known-requests.ts';

/** Every key under which something is here or has to be, ascending: an election's row, or a request for an exception. */
export const keysHeld = (ctx: Pick<Context, 'db' | 'keys'>): Promise<ElectionKey[]> =>
  ctx.db.read(async (em) => {
    const known = ctx.keys.witness.known(0);
    const rows = await tables(em).selectFrom('election').select('key').execute();
    const requests = await tables(em)
      .selectFrom('exception_request')
      .select('election_key as key')
      .distinct()
      .execute();
    const all = [...rows, ...requests, ...known.rows().values()].map(({ key }) => key);
    return [...new Set([...all, ...keysOfRequests(known)])].toSorted();
  });
