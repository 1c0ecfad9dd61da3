import { sql, tables } from '@elekto/db';
import { encodeRanking, hashRecord } from '@elekto/protocol/ballot';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import { describe, expect, it } from 'vitest';
import type { Person } from '@elekto/ballot-box';
import {
  CANDIDATES,
  OWN_DIALECTS,
  castFor,
  finish,
  generator,
  inBothSuites,
  kindOf,
  look,
  must,
  openElection,
  seal,
  startWorld,
} from './support.ts';
import type { Ranking } from '@elekto/protocol/ballot';
import type { World } from './support.ts';
import type { Election } from '@elekto/election';
import { eachPlace } from './canaries.ts';
import { filesUnder } from './files-under.ts';
import { innodbFacts } from './innodb-pages.ts';
import { bestLinking } from './linker.ts';
import { holdCount } from './officers.ts';
import { startOwnServer } from './own-server.ts';
import type { OwnServer } from './own-server.ts';
import type { Evidence } from './linker.ts';
import { readRows } from './rows.ts';
import type { Row } from './rows.ts';

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

/** The places of each text in the files, as facets: the first and the last, for each file that has it. */
function placesOf<T extends string | Uint8Array>(
  files: readonly Buffer[],
  texts: readonly T[],
  when = '',
): Map<T, Record<string, number>> {
  const facets = new Map(texts.map((text) => [text, {} as Record<string, number>]));
  eachPlace(files, texts, (text, at, file) => {
    const own = facets.get(text) as Record<string, number>;
    own[`${when}file ${file} first`] ??= at;
    own[`${when}file ${file} last`] = at;
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

const WORDS = 'correct horse';

/** Thirty vote one after the other, and every third of them replaces another ballot at once. */
async function holdElection(world: World) {
  const rankings = distinctRankings();
  const { election, people, officer } = await openElection(world, VOTERS);
  const random = generator(5);
  const order = people
    .map((person, index) => ({ person, ranking: rankings[index] as Ranking }))
    .toSorted(() => random() - 0.5);
  /** The box as it lay after each cast: the transaction's number says whose cast it was. */
  const snapshots = new Map<string, Buffer>();
  /** What came with a replacement: the difference of two backups. */
  const released = new Map<string, Row>();
  /** Who has which record in the box, by its hash. */
  const records = new Map<string, string>();
  for (const [index, { person, ranking }] of order.entries()) {
    const again = index % 3 === 0;
    const first = await castFor(world, election, person, again ? { ada: 1 } : ranking, WORDS);
    const receipt = again ? await replaceBy(world, election, person, ranking) : first;
    records.set(person.login, receipt?.recordHash ?? '');
    const box = await world.db.read((em) =>
      tables(em).selectFrom('ballot_box').select('sealed').executeTakeFirstOrThrow(),
    );
    snapshots.set(person.login, Buffer.from(box.sealed));
    const known = new Set([...released.values()].map(({ id }) => id));
    const rows = await world.db.read((em) => readRows(em, 'released_record'));
    const came = rows.find(({ id }) => !known.has(id));
    if (came !== undefined) released.set(person.login, came);
  }
  expect(released.size).toBe(world.suite === 2 ? VOTERS / 3 : 0);
  return { election, officer, order, snapshots, released, records };
}

async function replaceBy(world: World, election: Election, person: Person, ranking: Ranking) {
  const seen = await look(world, election, person, WORDS);
  const { cast } = await seal(world, election, person, ranking, WORDS);
  const change = { authKey: seen.claim.authKey, old: seen.claim, cast, ...(await seen.letGo(cast)) };
  return must(await world.box.replace(election, person, change)).receipt;
}

/** What everybody sees in the end that voters could be linked to, each kind by itself, and who is in truth which of them. */
async function published(
  world: World,
  held: Awaited<ReturnType<typeof holdElection>>,
  files: { readonly before: readonly Buffer[]; readonly after: () => readonly Buffer[] },
): Promise<{ ballots: Evidence[]; truth: Map<string, string> }[]> {
  const { election, officer, order, records } = held;
  const rowsOfVoters = new Map(order.map(({ person, ranking }) => [person.login, rowOf(ranking)]));
  const encoded = (row: string): Uint8Array =>
    encodeRanking(
      CANDIDATES,
      Object.fromEntries(row.split(',').map((rank, at) => [CANDIDATES[at], Number(rank)])),
    );
  if (world.suite === 1) {
    await finish(world, election);
    const csv = must(await world.box.ballotsCsv(election, officer))
      .trim()
      .split('\n')
      .slice(1);
    const { trackers, records: hashes } = JSON.parse(
      must(await world.box.resultsJson(election, officer)),
    ) as { trackers: string[]; records: string[] };
    const after = placesOf(files.after(), trackers, 'after ');
    const asBytes = trackers.map((tracker) => Buffer.from(tracker, 'hex'));
    const before = placesOf(files.before, asBytes);
    const ballots = csv.map((row, index) => ({
      name: row,
      facets: {
        'order of the export': index,
        tracker: Number.parseInt((trackers[index] ?? '').slice(0, 12), 16),
        'record hash': Number.parseInt((hashes[index] ?? '').slice(0, 12), 16),
        ...after.get(trackers[index] as string),
        ...before.get(asBytes[index] as (typeof asBytes)[number]),
      },
      bytes: [
        Buffer.from(trackers[index] ?? '', 'hex'),
        Buffer.from(hashes[index] ?? '', 'hex'),
        encoded(row),
      ],
    }));
    return [{ ballots, truth: rowsOfVoters }];
  }
  world.clock.now = election.closesAt + 1;
  const [one] = order as [Cast, ...Cast[]];
  const { manifest, manifestHash } = must(await world.box.paper(election, one.person));
  must(await world.box.close(election));
  const file = must(await world.box.boxFile(election)) as Uint8Array;
  expect(kindOf(await world.box.finalise(election))).toBe('waits-for-officers');
  const later = files.after();
  const { rows, ballots } = await holdCount(file, manifest as OfficersManifest, VOTERS);
  const tags = ballots.map((record) => record.subarray(17, 49));
  const [after, before] = [placesOf(later, tags, 'after '), placesOf(files.before, tags)];
  const sealed = ballots.map((record, index) => {
    const hash = hashRecord(manifestHash, record);
    const parts = Array.from({ length: (record.length - 17) / 32 }, (_, at) =>
      record.subarray(17 + 32 * at, 49 + 32 * at),
    );
    const all = [record.subarray(1, 17), ...parts, Buffer.from(hash, 'hex')].map((part) => Buffer.from(part));
    return {
      name: hash,
      facets: {
        'order in the box': index,
        ...Object.fromEntries(all.map((part, at) => [`part ${at}`, part.readUIntBE(0, 6)])),
        ...after.get(tags[index] as Uint8Array),
        ...before.get(tags[index] as Uint8Array),
      },
      bytes: [record, Buffer.from(hash, 'hex')],
    };
  });
  const opened = rows.map((ranks, index) => ({
    name: ranks.join(','),
    facets: { 'order of the rows': index },
    bytes: [encoded(ranks.join(','))],
  }));
  return [
    { ballots: sealed, truth: records },
    { ballots: opened, truth: rowsOfVoters },
  ];
}

describe.each(inBothSuites(OWN_DIALECTS))(
  'an insider who sees everything in $dialect, suite $suite',
  (of) => {
    const { dialect, suite } = of;
    it(
      'links voters and ballots of a naive schema completely, and ours at chance level',
      { timeout: 240_000 },
      async () => {
        // With a binary log and a log of statements: an insider has those too.
        const cluster = await startOwnServer(dialect, { logStatements: dialect === 'mariadb' });
        const world = await startWorld(dialect, { suite, ...(cluster !== null && { url: cluster.url }) });
        const dataDir = cluster?.dataDir ?? world.dir;
        try {
          const held = await holdElection(world);
          const { election, order, snapshots, released } = held;
          // The same attack on the same files: once is enough.
          const isControlled = suite === 1;
          if (isControlled) await naiveElection(world, order);
          await cluster?.flush(
            ...(isControlled ? ['naive_voter', 'naive_ballot'] : []),
            'participation',
            'ballot_box',
            'released_record',
          );
          const files = filesUnder(dataDir).filter((file) => file.length > 0);
          if (isControlled)
            expect(await linkNaively(world, cluster, order, files), 'the positive control').toBe(VOTERS);

          const inParticipation = await hidden(world, 'participation', 'user');
          const inPages = await pagesOf(world, cluster, election, order);
          const inFiles = placesOf(files, [
            ...order.map(({ person }) => person.userId),
            ...[...released.values()].map(({ id }) => String(id)),
          ]);
          const voters: Evidence[] = await Promise.all(
            order.map(async ({ person }) => {
              const columns = await columnsOf(world, person);
              const came = released.get(person.login) as { id: string; sealed: Uint8Array } | undefined;
              return {
                name: person.login,
                facets: {
                  ...inParticipation.get(person.userId),
                  ...inPages.get(person.userId),
                  ...inFiles.get(person.userId),
                  ...columns.numbers,
                  ...(came !== undefined && {
                    ...inFiles.get(came.id),
                    'name of what was signed': Buffer.from(came.id, 'base64url').readUIntBE(0, 6),
                    'what was signed': Buffer.from(came.sealed).readUIntBE(0, 6),
                  }),
                },
                bytes: [
                  ...columns.bytes,
                  snapshots.get(person.login) ?? Buffer.alloc(0),
                  ...(came === undefined ? [] : [Buffer.from(came.id, 'base64url'), came.sealed]),
                ],
              };
            }),
          );
          const after = () => filesUnder(dataDir).filter((file) => file.length > 0);
          // By chance one link in thirty is right; more than seven of the best of hundreds of attempts is no chance.
          for (const { ballots, truth } of await published(world, held, { before: files, after })) {
            const told = voters.map(({ name }) => ({
              name,
              facets: { told: ballots.findIndex((ballot) => ballot.name === truth.get(name)) },
            }));
            expect(bestLinking(told, ballots, truth), 'did one column tell').toBe(VOTERS);
            expect(bestLinking(voters, ballots, truth)).toBeLessThanOrEqual(9);
          }
        } finally {
          await world.end();
          await cluster?.remove();
        }
      },
    );
  },
);

type Cast = { readonly person: Person; readonly ranking: Ranking };

/** How many voters of the naive schema are linked to their ballots. */
async function linkNaively(
  world: World,
  cluster: OwnServer | null,
  order: readonly Cast[],
  files: readonly Buffer[],
): Promise<number> {
  const inVoters = await hidden(world, 'naive_voter', 'login');
  const inBallots = await hidden(world, 'naive_ballot', 'ranking');
  const [voterPages, ballotPages] = await naivePages(world, cluster, order);
  const naive = (text: string): string => `naive:${text};`;
  const inFiles = placesOf(
    files,
    order.flatMap(({ person, ranking }) => [person.login, rowOf(ranking)].map(naive)),
  );
  const voters = order.map(({ person }) => ({
    name: person.login,
    facets: {
      ...inVoters.get(person.login),
      ...voterPages?.get(person.login),
      ...inFiles.get(naive(person.login)),
    },
  }));
  const ballots = order.map(({ ranking }) => ({
    name: rowOf(ranking),
    facets: {
      ...inBallots.get(rowOf(ranking)),
      ...ballotPages?.get(rowOf(ranking)),
      ...inFiles.get(naive(rowOf(ranking))),
    },
  }));
  const truth = new Map(order.map(({ person, ranking }) => [person.login, rowOf(ranking)]));
  return bestLinking(voters, ballots, truth);
}

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
