/** Whether this process should get requests: what it needs, each asked. */
import { durabilityProblem, writeProblem, type Database } from '@elekto/db';
import type { Instant } from '@elekto/election';
import { accessSync, constants, statfsSync } from 'node:fs';
import { join } from 'node:path';

import type { Backups } from './backup/backups.ts';
import type { Readiness } from './http/health.ts';
import type { SiteStore } from './site/site-store.ts';
import type { Sync } from './sync/sync.ts';
import { within } from './within.ts';

interface Parts {
  readonly db: Database;
  readonly sync: Sync;
  readonly store: SiteStore;
  readonly backups: Backups;
  readonly now: () => Promise<Instant>;
  readonly secretsDir: string;
}

/** Ms for the database to answer, and for all that is asked. */
const PATIENCE = 2000;
const PATIENCE_IN_ALL = 3000;
/** Ms without a finished round of upkeep after which somebody should look. */
const STALE = 300_000;

export async function readinessOf(parts: Parts): Promise<Readiness> {
  const asked = Promise.all([databaseProblem(parts.db), parts.now().catch(() => null)]);
  const [database, at] = await within(PATIENCE_IN_ALL, asked).catch(
    () => ['does not answer in time', null] as const,
  );
  const needed = {
    database: database ?? 'ok',
    keys: keysProblem(parts.secretsDir) ?? 'ok',
    site: parts.store.state.site ? 'ok' : 'the pages have not been built yet',
  };
  const ready = Object.values(needed).every((part) => part === 'ok');
  return { ready, parts: needed, degraded: degradedParts(parts, at) };
}

/** What is wrong although requests are served as usual: no reason to send them elsewhere. */
function degradedParts({ sync, store, backups }: Parts, at: Instant | null): string[] {
  const { upkeepFinishedAt } = sync;
  const stalled = at !== null && upkeepFinishedAt !== null && at - upkeepFinishedAt > STALE;
  return [
    ...(stalled ? ['upkeep-stalled'] : []),
    ...(sync.syncState.problem === null ? [] : ['repository-unreadable']),
    ...(store.state.problem === null ? [] : ['pages-not-built']),
    ...(backups.state.problem === null ? [] : ['backup-fails']),
    ...[...sync.troubles.told().keys()].map((key) => `election-in-trouble: ${key}`),
  ];
}

/** What a database server is silent about for longer than we are asked for is asked on another connection next time. */
async function databaseProblem(db: Database): Promise<string | null> {
  try {
    return await db.within(
      PATIENCE,
      async () => (await durabilityProblem(db)) ?? (await problemOfWrites(db)),
    );
  } catch {
    return 'does not answer';
  }
}

async function problemOfWrites(db: Database): Promise<string | null> {
  const problem = await writeProblem(db);
  return problem === null ? null : `takes no writes (${problem})`;
}

/** Bytes: what is noted of each ballot there needs less. */
const ROOM = 64 * 1024;

/** Without its keys, or where nothing can be noted beside them, a server can neither take nor count a ballot; a lost volume shows here first. */
function keysProblem(dir: string): string | null {
  try {
    accessSync(dir, constants.R_OK | constants.W_OK);
    for (const key of ['master.key', 'signing.key']) accessSync(join(dir, key), constants.R_OK);
    const { blocks, bavail, bsize } = statfsSync(dir);
    // Some file systems do not know how large they are.
    return blocks > 0 && bavail * bsize < ROOM ? 'the disk of the secrets directory is full' : null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS'
      ? 'the secrets directory can only be read'
      : 'the secrets directory or a key in it cannot be read';
  }
}
