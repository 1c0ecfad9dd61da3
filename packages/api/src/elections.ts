/** From a key in a call to the election it means, with the refusals on the way. */
import type { BallotBox, DefinitionSource, Person } from '@elekto/ballot-box';
import type { Election, ElectionKey } from '@elekto/election';
import type { MetaSnapshot } from '@elekto/metarepo';

import type { ApiContext } from './context.ts';
import { refuse, unwrap } from './refusal.ts';

interface Source {
  readonly snapshot: () => MetaSnapshot | null;
  readonly box: BallotBox;
}

/** The snapshot being served, or `not-ready`. */
export function servedSnapshot(ctx: Pick<ApiContext, 'snapshot'>): MetaSnapshot {
  return ctx.snapshot() ?? refuse('not-ready');
}

/** Where the definitions being served come from. */
export const servedSource = (ctx: Pick<ApiContext, 'snapshot' | 'fetchedFrom'>): DefinitionSource => ({
  commit: servedSnapshot(ctx).commit,
  fetchedFrom: ctx.fetchedFrom(),
});

/** The current definition of an election; refuses `unknown-election`, or `election-withdrawn` when only its box is left. */
export async function electionOf(ctx: Source, key: ElectionKey): Promise<Election> {
  const entry = servedSnapshot(ctx).elections.get(key);
  if (entry?.election) return entry.election;
  return refuse((await ctx.box.state(key)) === null ? 'unknown-election' : 'election-withdrawn');
}

/** As `electionOf`, but only for its officers; to others `not-officer`, whether or not the election exists. */
export async function officiatedElection(
  ctx: Source & { readonly person: Person },
  key: ElectionKey,
): Promise<Election> {
  const entry = servedSnapshot(ctx).elections.get(key);
  if (!entry?.election) return refuse('not-officer');
  unwrap(await ctx.box.takeOffice(entry.election, ctx.person));
  return entry.election;
}
