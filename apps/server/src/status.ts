/** What /status says, put together from what the server holds in memory and the rows of the boxes. */
import { placeOf, placeOfRow, type Place, type ServerStatus } from '@elekto/api';
import type { BallotBox, Standing } from '@elekto/ballot-box';
import type { ElectionKey, Instant } from '@elekto/election';

import type { Backups } from './backup/backups.ts';
import { resultsTold } from './site/results-told.ts';
import type { SiteStore } from './site/site-store.ts';
import type { Sync } from './sync/sync.ts';
import { VERSION } from './version.ts';

interface Parts {
  readonly box: BallotBox;
  readonly standings: () => Promise<ReadonlyMap<ElectionKey, Standing>>;
  readonly sync: Sync;
  readonly store: SiteStore;
  readonly backups: Backups;
  readonly now: () => Promise<Instant>;
}

type ElectionStatus = ServerStatus['elections'][number];

/** Nothing in it moves with a vote. */
export async function readStatus(parts: Parts): Promise<ServerStatus> {
  const { sync, store, now } = parts;
  const at = await now();
  const { snapshot, syncState } = sync;
  const { commit, builtAt, problem, building } = store.state;
  const rows = await parts.standings();
  return {
    version: VERSION,
    now: at,
    commit: snapshot.commit,
    sync: syncState,
    site: { commit, at: builtAt, problem, building },
    upkeep: { at: sync.upkeepFinishedAt },
    backup: backupTold(parts.backups),
    elections: [...(await inFiles(parts, rows, at)), ...gone(parts, rows, at)],
    diagnostics: [...snapshot.diagnostics],
  };
}

async function inFiles(
  { box, store, sync }: Parts,
  rows: ReadonlyMap<ElectionKey, Standing>,
  at: Instant,
): Promise<ElectionStatus[]> {
  const elections: ElectionStatus[] = [];
  const results = await resultsTold(store.state.site);
  for (const [key, { election, diagnostics, staleSince }] of sync.snapshot.elections) {
    const row = rows.get(key);
    elections.push({
      key,
      ...toldOf(
        key,
        election ? placeOf(election, row, at) : row?.damaged === false ? placeOfRow(row, at) : null,
      ),
      state: election === null ? 'broken' : staleSince === null ? 'current' : 'stale',
      trouble: sync.troubles.of(key),
      result: results.get(key) ?? null,
      diagnostics: [...diagnostics],
      drift: election && row?.damaged === false ? (await box.drift(election)).map(({ code }) => code) : [],
    });
  }
  return elections;
}

function gone({ sync }: Parts, rows: ReadonlyMap<ElectionKey, Standing>, at: Instant): ElectionStatus[] {
  return [...rows]
    .filter(([key]) => !sync.snapshot.elections.has(key))
    .map(([key, row]) => ({
      key,
      ...toldOf(key, row.damaged ? null : placeOfRow(row, at)),
      state: 'withdrawn',
      trouble: sync.troubles.of(key),
      result: null,
      diagnostics: [],
      drift: [],
    }));
}

const toldOf = (key: ElectionKey, place: Place | null) => {
  if (place === null)
    return {
      name: key,
      ...{ stage: null, phase: null, waiting: null, opensAt: null, closesAt: null, nextAt: null },
    };
  const { seats: _seats, candidates: _candidates, ...told } = place;
  return told;
};

function backupTold({ settings, state }: Backups): ServerStatus['backup'] {
  if (settings.database === null && settings.keys === null) return null;
  return { at: state.at, failing: state.problem !== null };
}
