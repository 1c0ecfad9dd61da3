import { sql, tables } from '@elekto/db';
import { encodeRanking } from '@elekto/protocol/ballot';
import { describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import {
  CANDIDATES,
  OWN_DIALECTS,
  castFor,
  finish,
  generator,
  must,
  openElection,
  startWorld,
} from './support.ts';
import type { Ranking } from '@elekto/protocol/ballot';
import type { World } from './support.ts';
import type { Election } from '@elekto/election';
import { filesUnder } from './files-under.ts';
import { innodbFacts } from './innodb-pages.ts';
import { bestLinking } from './linker.ts';
import { startOwnServer } from './own-server.ts';
import type { OwnServer } from './own-server.ts';
import type { Evidence } from './linker.ts';

const VOTERS = 30;

/** Thirty different full rankings, so that every ballot is told apart from every other. */
function distinctRankings(): Ranking[] {
  const random = generator(11);
  const found = new Map<string, Ranking>();
  while (found.size < VOTERS) {
    const order = CANDIDATES.toSorted(() => random() - 0.5);
    found.set(order.join(), Object.fromEntries(order.map((id, index) => [id, index + 1])));
  }
  return [...found.values()];
}

const rowOf = (ranking: Ranking): string => CANDIDATES.map((id) => ranking[id]).join(',');

/** Every place of a text in the files, as facets: the first and the last, for each file that has it. */
function places(files: readonly Buffer[], text: string | Uint8Array): Record<string, number> {
  const facets: Record<string, number> = {};
  files.forEach((file, index) => {
    const first = file.indexOf(text);
    if (first === -1) return;
    facets[`file ${index} first`] = first;
    facets[`file ${index} last`] = file.lastIndexOf(text);
  });
  return facets;
}

const number = (value: unknown): number => Number(String(value).replace(/^\(0,(\d+)\)$/, '$1'));

/** What a superuser sees of a table beside its columns. */
async function hidden(
  world: World,
  table: string,
  key: string,
): Promise<Map<string, Record<string, number>>> {
  const columns =
    world.dialect === 'postgresql'
      ? sql`${sql.ref(key)} as k, xmin::text as xmin, xmax::text as xmax, ctid::text as ctid`
      : sql`${sql.ref(key)} as k`;
  const withRowid =
    world.dialect === 'sqlite' && table.startsWith('naive') ? sql.raw(', rowid as rowid') : sql``;
  const { rows } = await world.db.read((em) =>
    sql<Record<string, unknown>>`select ${columns}${withRowid} from ${sql.table(table)}`.execute(tables(em)),
  );
  return new Map(
    rows.map(({ k, ...facets }, index) => [
      String(k),
      {
        ...Object.fromEntries(Object.entries(facets).map(([name, value]) => [name, number(value)])),
        'order of the scan': index,
      },
    ]),
  );
}

async function holdElection(world: World) {
  const rankings = distinctRankings();
  const { election, people, officer } = await openElection(world, VOTERS);
  const random = generator(5);
  const order = people
    .map((person, index) => ({ person, ranking: rankings[index] as Ranking }))
    .toSorted(() => random() - 0.5);
  /** The box as it lay after each cast: the transaction's number says whose cast it was. */
  const snapshots = new Map<string, Buffer>();
  for (const { person, ranking } of order) {
    await castFor(world, election, person, ranking, 'correct horse');
    const box = await world.db.read((em) =>
      tables(em).selectFrom('ballot_box').select('sealed').executeTakeFirstOrThrow(),
    );
    snapshots.set(person.login, Buffer.from(box.sealed));
  }
  return { election, officer, order, snapshots };
}

describe.each(OWN_DIALECTS)('an insider who sees everything in %s', (dialect) => {
  it(
    'links voters and ballots of a naive schema completely, and ours at chance level',
    { timeout: 240_000 },
    async () => {
      // With a binary log and a log of statements: an insider has those too.
      const cluster = await startOwnServer(dialect, { logStatements: dialect === 'mariadb' });
      const world = await startWorld(dialect, cluster === null ? {} : { url: cluster.url });
      const dataDir = cluster?.dataDir ?? world.dir;
      try {
        const { election, officer, order, snapshots } = await holdElection(world);
        await naiveElection(world, order);
        await cluster?.flush('naive_voter', 'naive_ballot', 'participation', 'ballot_box');
        const files = filesUnder(dataDir).filter((file) => file.length > 0);

        const inNaiveVoters = await hidden(world, 'naive_voter', 'login');
        const inNaiveBallots = await hidden(world, 'naive_ballot', 'ranking');
        const [voterPages, ballotPages] = await naivePages(world, cluster, order);
        const naiveVoters: Evidence[] = order.map(({ person }) => ({
          name: person.login,
          facets: {
            ...inNaiveVoters.get(person.login),
            ...voterPages?.get(person.login),
            ...places(files, `naive:${person.login};`),
          },
        }));
        const naiveBallots: Evidence[] = order.map(({ ranking }) => ({
          name: rowOf(ranking),
          facets: {
            ...inNaiveBallots.get(rowOf(ranking)),
            ...ballotPages?.get(rowOf(ranking)),
            ...places(files, `naive:${rowOf(ranking)};`),
          },
        }));
        const truth = new Map(order.map(({ person, ranking }) => [person.login, rowOf(ranking)]));
        expect(bestLinking(naiveVoters, naiveBallots, truth), 'the positive control').toBe(VOTERS);

        const inParticipation = await hidden(world, 'participation', 'user');
        const inPages = await pagesOf(world, cluster, election, order);
        const voters: Evidence[] = await Promise.all(
          order.map(async ({ person }) => {
            const columns = await columnsOf(world, person);
            return {
              name: person.login,
              facets: {
                ...inParticipation.get(person.userId),
                ...inPages.get(person.userId),
                ...places(files, person.userId),
                ...columns.numbers,
              },
              bytes: [...columns.bytes, snapshots.get(person.login) ?? Buffer.alloc(0)],
            };
          }),
        );
        await finish(world, election);
        const csv = must(await world.box.ballotsCsv(election, officer))
          .trim()
          .split('\n')
          .slice(1);
        const { trackers, records } = JSON.parse(must(await world.box.resultsJson(election, officer))) as {
          trackers: string[];
          records: string[];
        };
        const afterwards = filesUnder(dataDir).filter((file) => file.length > 0);
        const ballots: Evidence[] = csv.map((row, index) => ({
          name: row,
          facets: {
            'order of the export': index,
            tracker: Number.parseInt((trackers[index] ?? '').slice(0, 12), 16),
            'record hash': Number.parseInt((records[index] ?? '').slice(0, 12), 16),
            ...places(afterwards, trackers[index] ?? ''),
            ...places(files, Buffer.from(trackers[index] ?? '', 'hex')),
          },
          bytes: [
            Buffer.from(trackers[index] ?? '', 'hex'),
            Buffer.from(records[index] ?? '', 'hex'),
            encodeRanking(
              CANDIDATES,
              Object.fromEntries(row.split(',').map((rank, at) => [CANDIDATES[at], Number(rank)])),
            ),
          ],
        }));
        // By chance one link in thirty is right; more than seven of the best of hundreds of attempts is no chance.
        expect(bestLinking(voters, ballots, truth)).toBeLessThanOrEqual(9);
      } finally {
        await world.end();
        await cluster?.remove();
      }
    },
  );
});

type Cast = { readonly person: Person; readonly ranking: Ranking };

/** What the pages tell of each participation, by the user's id. */
async function pagesOf(
  world: World,
  cluster: OwnServer | null,
  election: Election,
  order: readonly Cast[],
): Promise<Map<string, Record<string, number>>> {
  if (cluster === null) return new Map();
  if (world.dialect === 'postgresql') return pageItems(cluster);
  const { id } = await world.db.read((em) =>
    tables(em).selectFrom('election').select('id').where('key', '=', election.key).executeTakeFirstOrThrow(),
  );
  const keys = new Map(order.map(({ person }) => [person.userId, id + person.userId]));
  const facts = await innodbFacts(cluster, 'participation', keys, true);
  expect(facts.size, 'each participation is seen in its page').toBe(VOTERS);
  return facts;
}

/** Of the naive tables, which have no key: by login, and by ranking. PostgreSQL tells the same in columns. */
async function naivePages(world: World, cluster: OwnServer | null, order: readonly Cast[]) {
  if (cluster === null || world.dialect === 'postgresql') return [];
  const textOf = (name: string): [string, string] => [name, `${name}naive:${name};`];
  const voters = new Map(order.map(({ person }) => textOf(person.login)));
  const ballots = new Map(order.map(({ ranking }) => textOf(rowOf(ranking))));
  const found = [
    await innodbFacts(cluster, 'naive_voter', voters, false),
    await innodbFacts(cluster, 'naive_ballot', ballots, false),
  ];
  const [first, second] = found.map((facts) => new Set([...facts.values()].map((each) => each['DB_TRX_ID'])));
  expect(first, 'InnoDB tells which voter and which ballot one transaction wrote').toEqual(second);
  expect(first?.size).toBe(VOTERS);
  return found;
}

/** Where each participation lies in its page, by the user's id, from PostgreSQL's pageinspect. */
async function pageItems(cluster: OwnServer): Promise<Map<string, Record<string, number>>> {
  await cluster.query('create extension if not exists pageinspect');
  const rows = await cluster.query(
    `select p."user" as k, i.lp, i.lp_off, i.t_xmin::text as t_xmin
       from participation p join heap_page_items(get_raw_page('participation', 0)) i on i.t_ctid = p.ctid`,
  );
  expect(rows.length, 'pageinspect sees the page').toBeGreaterThan(0);
  return new Map(
    rows.map(({ k, ...facets }) => [
      String(k),
      Object.fromEntries(Object.entries(facets).map(([name, value]) => [name, Number(value)])),
    ]),
  );
}

/** The schema everybody writes first: a table of voters, a table of ballots, one transaction. */
async function naiveElection(
  world: World,
  order: readonly { person: Person; ranking: Ranking }[],
): Promise<void> {
  const text = sql.raw('text not null');
  await world.db.read(async (em) => {
    await sql`create table naive_voter (login ${text}, mark ${text})`.execute(tables(em));
    await sql`create table naive_ballot (ranking ${text}, mark ${text})`.execute(tables(em));
  });
  for (const { person, ranking } of order) {
    await world.db.transaction(async (em) => {
      const row = rowOf(ranking);
      await sql`insert into naive_voter values (${person.login}, ${`naive:${person.login};`})`.execute(
        tables(em),
      );
      await sql`insert into naive_ballot values (${row}, ${`naive:${row};`})`.execute(tables(em));
    });
  }
}

/** The bytes a participation consists of, and their first bytes as numbers to sort by. */
async function columnsOf(
  world: World,
  person: Person,
): Promise<{ numbers: Record<string, number>; bytes: Buffer[] }> {
  const row = await world.db.read((em) =>
    tables(em)
      .selectFrom('participation')
      .selectAll()
      .where('user', '=', person.userId)
      .executeTakeFirstOrThrow(),
  );
  const bytes = [row.salt, row.auth_tag, row.sealed_seed].map((column) => Buffer.from(column));
  const numbers = Object.fromEntries(
    bytes.map((column, index) => [`column ${index}`, column.readUIntBE(0, 6)]),
  );
  return { numbers: { ...numbers, 'user id': Number.parseInt(person.userId.slice(0, 12), 16) }, bytes };
}
