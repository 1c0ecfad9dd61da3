import type { Election } from '@elekto/election';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ApiContext } from '../context.ts';
import { personProcedure } from '../trpc.ts';

/** Something to ask for again. `key` is null when it is about no single election. */
export interface OfficerChange {
  readonly kind: 'elections' | 'exceptions' | 'turnout' | 'outcome';
  readonly key: string | null;
}

/** How often the server looks. Changes of other servers are seen like its own. */
const LOOK_EVERY = 4000;
/** Turnout is announced by the clock and not by ballots: an event must not tell when somebody voted. */
const TURNOUT_EVERY = 30_000;

interface Seen {
  readonly exceptions: string;
  readonly state: string | null;
}

type Ctx = Pick<ApiContext, 'box' | 'snapshot'> & { readonly person: NonNullable<ApiContext['person']> };

async function mine({ box, snapshot, person }: Ctx): Promise<Election[]> {
  const elections = [...(snapshot()?.elections.values() ?? [])].flatMap(({ election }) => election ?? []);
  const held = await box.officesOf(elections, person);
  return elections.filter(({ key }) => held.has(key));
}

async function look(ctx: Ctx, election: Election): Promise<Seen> {
  const requests = await ctx.box.listExceptions(election, ctx.person);
  return {
    exceptions: requests.ok ? requests.value.map(({ id, version }) => `${id}:${version}`).join() : '',
    state: await ctx.box.state(election.key),
  };
}

/** What has changed in this officer's elections, as it happens, until the client or the server leaves. */
export const live = personProcedure.meta({ limit: 'officer' }).subscription(async function* ({
  ctx,
  signal,
}): AsyncGenerator<OfficerChange> {
  const ended = AbortSignal.any([ctx.stopping, ...(signal ? [signal] : [])]);
  let commit = ctx.snapshot()?.commit;
  const seen = new Map<string, Seen>();
  let turnoutAt = performance.now();
  for (const election of await mine(ctx)) seen.set(election.key, await look(ctx, election));
  while (!ended.aborted) {
    await sleep(LOOK_EVERY, undefined, { signal: ended }).catch(() => undefined);
    if (ended.aborted) return;
    const newest = ctx.snapshot()?.commit;
    if (newest !== commit) yield { kind: 'elections', key: null };
    commit = newest;
    const tellTurnout = performance.now() - turnoutAt >= TURNOUT_EVERY;
    if (tellTurnout) turnoutAt = performance.now();
    for (const election of await mine(ctx)) {
      const { key } = election;
      const before = seen.get(key);
      const now = await look(ctx, election);
      seen.set(key, now);
      if (before && before.exceptions !== now.exceptions) yield { kind: 'exceptions', key };
      if (before && before.state !== now.state) {
        yield { kind: 'elections', key };
        yield { kind: 'outcome', key };
      }
      if (tellTurnout && now.state === 'open') yield { kind: 'turnout', key };
    }
  }
});
