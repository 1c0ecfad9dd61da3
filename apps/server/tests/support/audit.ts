/** The count of what the servers left behind, beside what was sent to them. */
import { createBallotBox, openKeys, type Person } from '@elekto/ballot-box';
import { startDatabase, tables } from '@elekto/db';
import { openMetaRepo } from '@elekto/metarepo';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Voter } from './crowd.ts';

export interface Audit {
  /** Logins that had an acknowledgement and did not take part. */
  readonly lost: readonly string[];
  /** The orders of those who took part, sorted; equal to `counted` when no ballot is lost, double or changed. */
  readonly sent: readonly string[];
  readonly counted: readonly string[];
}

/** Closes and counts election `key` in the place's database. Throws when it cannot be counted. */
export async function audit(
  place: { readonly env: NodeJS.ProcessEnv; readonly databaseUrl: string },
  key: string,
  all: readonly Voter[],
  acknowledged: ReadonlySet<Voter>,
): Promise<Audit> {
  const repo = await openMetaRepo({
    source: place.env['ELEKTO_META'] ?? '',
    electionsDir: 'elections',
    cacheDir: mkdtempSync(join(tmpdir(), 'elekto-audit-')),
  });
  const election = (await repo.sync()).elections.get(key)?.election;
  await repo.close();
  if (!election) throw new Error('the election cannot be read');
  const keys = openKeys(`${place.env['ELEKTO_DATA_DIR']}-secrets`);
  const db = await startDatabase({ url: place.databaseUrl, pepper: keys.sessionPepper });
  try {
    const box = createBallotBox({ db, keys, now: () => Promise.resolve(election.closesAt + 1000) });
    const took = await db.read((em) =>
      tables(em)
        .selectFrom('participation')
        .innerJoin('user_account', 'user_account.id', 'participation.user')
        .select('user_account.login')
        .execute(),
    );
    const logins = new Set(took.map(({ login }) => login));
    for (const step of [await box.close(election), await box.finalise(election)])
      if (!step.ok) throw new Error(`the election cannot be counted: ${step.error.kind}`);
    // An office is an account's, once somebody has signed in as the officer.
    const known = await db.read((em) =>
      tables(em)
        .selectFrom('user_account')
        .select(['id', 'account'])
        .where('login', '=', 'olga')
        .executeTakeFirst(),
    );
    const officer: Person = { userId: known?.id ?? 'x', account: known?.account ?? '1', login: 'olga' };
    const csv = await box.ballotsCsv(election, officer);
    if (!csv.ok) throw new Error(csv.error.kind);
    const [head = '', ...rows] = csv.value.trim().split('\n');
    const columns = head.split(',');
    return {
      lost: [...acknowledged].filter(({ login }) => !logins.has(login)).map(({ login }) => login),
      sent: all
        .filter(({ login }) => logins.has(login))
        .map(({ ranking }) => dense(columns.map((id) => ranking[id] ?? 0)))
        .sort(),
      counted: rows.map((row) => dense(row.trim().split(',').map(Number))).sort(),
    };
  } finally {
    await db.close();
  }
}

/** The ranks without gaps: what counts is the order. */
function dense(ranks: readonly number[]): string {
  const used = [...new Set(ranks)].sort((a, b) => a - b);
  return ranks.map((rank) => used.indexOf(rank) + 1).join(',');
}
