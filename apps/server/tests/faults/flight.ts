/** Two hundred ballots under way, and the proof afterwards that none of those acknowledged is missing or changed. */
import { createBallotBox, openKeys, type Person } from '@elekto/ballot-box';
import { startDatabase, tables } from '@elekto/db';
import { openMetaRepo } from '@elekto/metarepo';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';

import { prepare, sendCast, type Voter } from '../support/crowd.ts';
import { atOnce } from '../support/voting.ts';

export const VOTERS = 200;
export const KEY = 'load';
/** Ms for an answer; what fails at once is no matter of patience. */
const PATIENCE = 60_000;

/** Everybody signs in, fetches the paper and seals; nothing is sent yet. */
export async function prepareAll(origins: readonly string[], logins: readonly string[]): Promise<Voter[]> {
  const voters: Voter[] = [];
  await atOnce([...logins.entries()], 8, async ([i, login]) => {
    voters.push(await prepare(origins[i % origins.length] ?? '', KEY, login, i));
  });
  return voters;
}

export interface Flight {
  /** Whose ballot was acknowledged. */
  readonly recorded: ReadonlySet<Voter>;
  /** Who got no verdict. */
  readonly open: readonly Voter[];
  /** Who was told no, and what. */
  readonly refused: readonly string[];
  /** What was answered instead of a verdict. */
  readonly failures: readonly string[];
}

/**
 * Sends all ballots at once, spread over the servers. `fault` runs once, as soon as `after` of them are
 * acknowledged, while the rest are under way.
 */
export async function fly(
  origins: readonly string[],
  voters: readonly Voter[],
  after: number,
  fault: () => Promise<unknown> | unknown,
): Promise<Flight> {
  const recorded = new Set<Voter>();
  const open: Voter[] = [];
  const refused: string[] = [];
  const failures: string[] = [];
  let happening: Promise<unknown> | null = null;
  const giveUp = Date.now() + 5 * PATIENCE;
  await Promise.all(
    voters.map(async (voter, i) => {
      const send = () => sendCast(origins[i % origins.length] ?? '', voter, PATIENCE);
      let { outcome, detail } = await send();
      // A busy machine answers late; as the page does, the same ballot is sent again, until there is the fault.
      while (outcome === 'failed' && happening === null && Date.now() < giveUp) {
        await sleep(250);
        ({ outcome, detail } = await send());
      }
      if (outcome === 'recorded') recorded.add(voter);
      else if (outcome === 'refused') refused.push(detail);
      else {
        open.push(voter);
        failures.push(detail);
      }
      if (recorded.size >= after) happening ??= Promise.resolve(fault());
    }),
  );
  await happening;
  expect(happening, 'the fault happened while ballots were under way').not.toBe(null);
  return { recorded, open, refused, failures };
}

/** What a voter's page does without an answer: the same ballot again, until there is one. */
export async function settle(origin: string, flight: Flight, patience = 60_000): Promise<Set<Voter>> {
  const recorded = new Set(flight.recorded);
  const giveUp = Date.now() + patience;
  await atOnce(flight.open, 16, async (voter) => {
    for (;;) {
      const { outcome, detail } = await sendCast(origin, voter, 20_000);
      if (outcome === 'recorded') return void recorded.add(voter);
      if (outcome === 'refused' || Date.now() > giveUp) throw new Error(`${voter.login}: ${detail}`);
      await sleep(250);
    }
  });
  return recorded;
}

/**
 * Counts the election in the database that the servers left behind. Every acknowledged voter took part, and
 * the ballots counted are exactly those of the people who took part, rank for rank.
 */
export async function expectNothingLost(
  place: { readonly env: NodeJS.ProcessEnv; readonly databaseUrl: string },
  all: readonly Voter[],
  acknowledged: ReadonlySet<Voter>,
): Promise<void> {
  const source = place.env['ELEKTO_META'] ?? '';
  const repo = await openMetaRepo({
    source,
    electionsDir: 'elections',
    cacheDir: mkdtempSync(join(tmpdir(), 'elekto-audit-')),
  });
  const election = (await repo.sync()).elections.get(KEY)?.election;
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
    expect([...acknowledged].filter(({ login }) => !logins.has(login))).toEqual([]);
    expect([await box.close(election), await box.finalise(election)]).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
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
    const sent = all
      .filter(({ login }) => logins.has(login))
      .map(({ ranking }) => dense(columns.map((id) => ranking[id] ?? 0)));
    const counted = rows.map((row) => dense(row.trim().split(',').map(Number)));
    expect(counted.sort()).toEqual(sent.sort());
  } finally {
    await db.close();
  }
}

/** The ranks without gaps: what counts is the order. */
function dense(ranks: readonly number[]): string {
  const used = [...new Set(ranks)].sort((a, b) => a - b);
  return ranks.map((rank) => used.indexOf(rank) + 1).join(',');
}
