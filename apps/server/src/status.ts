/** What /status says, put together from what the server holds in memory and the states of the boxes. */
import type { ServerStatus } from '@elekto/api';
import type { BallotBox } from '@elekto/ballot-box';
import { driftSentence } from '@elekto/protocol/manifest';
import { tables, type Database } from '@elekto/db';
import { phaseAt, type Instant } from '@elekto/election';

import type { SiteStore } from './site/site-store.ts';
import type { Keeper } from './sync/keeper.ts';
import { VERSION } from './version.ts';

interface Parts {
  readonly db: Database;
  readonly box: BallotBox;
  readonly keeper: Keeper;
  readonly store: SiteStore;
  readonly now: () => Promise<Instant>;
}

export async function readStatus({ db, box, keeper, store, now }: Parts): Promise<ServerStatus> {
  const at = await now();
  const { snapshot, syncState } = keeper;
  const { commit, builtAt, problem, building } = store.state;
  const elections: ServerStatus['elections'] = [];
  for (const [key, { election, diagnostics, staleSince }] of snapshot?.elections ?? []) {
    const status = election ? await box.status(election) : null;
    elections.push({
      key,
      name: election?.name ?? key,
      phase: election ? phaseAt(election, at) : null,
      state: election === null ? 'broken' : staleSince === null ? 'current' : 'stale',
      diagnostics: [...diagnostics],
      drift: status?.ok ? status.value.drift.map(driftSentence) : [],
    });
  }
  const known = await db.read((em) =>
    tables(em).selectFrom('election').select('key').orderBy('key').execute(),
  );
  for (const { key } of known) {
    if (snapshot === null || snapshot.elections.has(key)) continue;
    elections.push({ key, name: key, phase: null, state: 'withdrawn', diagnostics: [], drift: [] });
  }
  return {
    version: VERSION,
    now: at,
    commit: snapshot?.commit ?? null,
    sync: syncState,
    site: { commit, at: builtAt, problem, building },
    elections,
    diagnostics: [...(snapshot?.diagnostics ?? [])],
  };
}
