/** Whether this process should get requests: what it needs, each asked. */
import { sql, tables, type Database } from '@elekto/db';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

import type { Readiness } from './http/health.ts';
import type { SiteStore } from './site/site-store.ts';
import type { Keeper } from './sync/keeper.ts';

interface Parts {
  readonly db: Database;
  readonly keeper: Keeper;
  readonly store: SiteStore;
  readonly secretsDir: string;
}

const PATIENCE = 3000;

export async function readinessOf({ db, keeper, store, secretsDir }: Parts): Promise<Readiness> {
  const database = await within(PATIENCE, databaseProblem(db));
  const parts = {
    database: database ?? 'ok',
    keys: keysProblem(secretsDir) ?? 'ok',
    snapshot: keeper.snapshot ? 'ok' : 'the meta repository has not been read yet',
    site: store.state.site ? 'ok' : 'the pages have not been built yet',
  };
  return { ready: Object.values(parts).every((part) => part === 'ok'), parts };
}

/** A database that may forget an acknowledged ballot when the power fails is as bad as none. */
async function databaseProblem(db: Database): Promise<string | null> {
  try {
    return await db.read(async (em) => {
      if (db.dialect === 'sqlite') {
        const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(tables(em));
        return Number(rows[0]?.synchronous) >= 2 ? null : 'synchronous is not FULL';
      }
      const { rows } = await sql<{ name: string }>`
        select name from pg_settings
        where (name in ('fsync', 'full_page_writes') and setting = 'off')
           or (name = 'synchronous_commit' and setting = 'off')`.execute(tables(em));
      return rows.length === 0 ? null : `${rows.map(({ name }) => name).join(', ')} is off`;
    });
  } catch {
    return 'does not answer';
  }
}

/** Without its keys a server can neither take nor count a ballot; a lost volume shows here first. */
function keysProblem(dir: string): string | null {
  try {
    accessSync(dir, constants.R_OK | constants.W_OK);
    for (const key of ['master.key', 'signing.key']) accessSync(join(dir, key), constants.R_OK);
    return null;
  } catch {
    return 'the secrets directory or a key in it cannot be read';
  }
}

async function within(ms: number, answer: Promise<string | null>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('does not answer in time'), ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
