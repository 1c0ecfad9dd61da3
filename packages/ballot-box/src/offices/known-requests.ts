/** What is known of requests for an exception outside the database: an old answer, or none, does not pass for the last one. */
import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { ElectionKey } from '@elekto/election';
import type { Context } from '../context.ts';
import { INSTALLATION } from '../keys/witness.ts';
import type { Fact, Known } from '../keys/witness.ts';

const PREFIX = 'request ';

export const requestItem = (id: string): string => PREFIX + id;

/** What a request is known by: its version, and whose MAC it bears. */
export const requestFact = (
  row: { readonly id: string; readonly version: number; readonly election_key: string },
  mac: string,
): Fact => ({
  election: INSTALLATION,
  item: requestItem(row.id),
  version: row.version,
  tag: mac.slice(0, 16),
  key: row.election_key,
});

/** That it was removed for good, and does not come back. */
export const removalOf = (known: Known, id: string): Fact => ({
  election: INSTALLATION,
  item: requestItem(id),
  version: known.version(INSTALLATION, requestItem(id)) + 1,
  tag: 'removed',
});

/** The ids of the requests that have to be there. */
export const knownRequests = (known: Known, key: ElectionKey): string[] =>
  [...known.keyed(PREFIX)].flatMap(([item, under]) => (under === key ? [item.slice(PREFIX.length)] : []));

/** The keys of elections of which requests are known. */
export const keysOfRequests = (known: Known): ReadonlySet<ElectionKey> =>
  new Set(known.keyed(PREFIX).values());

/** The ids of those that have to be there and are not, nor went to another key or were removed meanwhile. */
export async function missingRequests(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  known: Known,
  key: ElectionKey,
): Promise<string[]> {
  const expected = knownRequests(known, key);
  if (expected.length === 0) return [];
  const rows = await tables(em)
    .selectFrom('exception_request')
    .innerJoin('user_account', 'user_account.id', 'exception_request.user')
    .select('exception_request.id')
    .where('exception_request.election_key', '=', key)
    .execute();
  const there = new Set(rows.map(({ id }) => id));
  const absent = expected.filter((id) => !there.has(id));
  if (absent.length === 0) return [];
  const moved = await tables(em)
    .selectFrom('exception_request')
    .select(['id', 'election_key'])
    .where('id', 'in', absent)
    .execute();
  for (const { id, election_key } of moved) if (election_key !== key) there.add(id);
  const still = new Set(knownRequests(ctx.keys.witness.known(0), key));
  return absent.filter((id) => !there.has(id) && still.has(id));
}
