/** Makes databases as the Elekto written in Python leaves them (schema 2), from its documented columns. */
import BetterSqlite from 'better-sqlite3';
import { createCipheriv, randomBytes, randomUUID, scryptSync } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';

export const NO_OPINION = 100_000_000;
export const TOKEN = 'gho_canaryTokenThatMustNotTravel';

export interface OldContents {
  readonly users: readonly string[];
  /** By key: ballots as [login, ranks]; the ranks may be rows that no form would send. */
  readonly elections: Readonly<
    Record<string, readonly (readonly [string, readonly (readonly [string, number])[]])[]>
  >;
  readonly requests: readonly { readonly key: string; readonly login: string; readonly reviewed: boolean }[];
}

type Kind = 'sqlite' | 'postgresql' | 'mariadb';

const TABLES = (kind: Kind): string[] => {
  const bytes = kind === 'postgresql' ? 'bytea' : 'blob';
  const time = kind === 'postgresql' ? 'timestamp' : 'datetime';
  return [
    'create table schema_version (version integer primary key)',
    'insert into schema_version values (2)',
    `create table "user" (id integer primary key, username varchar(255) unique, name varchar(255), token varchar(255),
       token_expires_at ${time}, created_at ${time}, updated_at ${time})`,
    `create table election (id integer primary key, "key" varchar(255) not null unique, name varchar(255),
       created_at ${time}, updated_at ${time})`,
    `create table voter (id integer primary key, user_id integer references "user" (id), election_id integer references election (id),
       created_at ${time}, updated_at ${time}, salt ${bytes}, ballot_id ${bytes})`,
    `create table ballot (id char(32) primary key, election_id integer references election (id), "rank" integer,
       candidate varchar(255) not null, voter varchar(255) not null)`,
    `create table request (id integer primary key, user_id integer references "user" (id), election_id integer references election (id),
       name varchar(255), email varchar(255), chat varchar(255), description text, comments text, reviewed boolean,
       created_at ${time}, updated_at ${time})`,
  ];
};

type Run = (statement: string, values?: unknown[]) => Promise<unknown>;

export async function makeOldSqlite(file: string, contents: OldContents): Promise<string> {
  const database = new BetterSqlite(file);
  await fill('sqlite', contents, async (statement, values = []) => {
    database
      .prepare(statement.replace(/\$\d+/g, '?'))
      .run(...values.map((value) => (typeof value === 'boolean' ? Number(value) : value)));
  });
  database.close();
  return `sqlite:${file}`;
}

export async function makeOldPostgres(url: string, contents: OldContents): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await fill('postgresql', contents, (statement, values) => client.query(statement, values));
  await client.end();
  return url;
}

export async function makeOldMariaDb(url: string, contents: OldContents): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const place = { host: hostname, port: Number(port), user: username, password, database: pathname.slice(1) };
  const client = await createConnection(place);
  await client.query("set sql_mode = 'ANSI_QUOTES'");
  await fill('mariadb', contents, (statement, values = []) =>
    client.execute(statement.replace(/\$\d+/g, '?'), values as string[]),
  );
  await client.end();
  return url;
}

/** A ballot's id under its voter's passcode: any bytes, which are no text in any encoding. */
function sealed(ballot: string, passcode: string): { salt: Buffer; ballotId: Buffer } {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('chacha20-poly1305', scryptSync(passcode, salt, 32, { N: 16 }), nonce, {
    authTagLength: 16,
  });
  const text = Buffer.concat([cipher.update(ballot), cipher.final()]);
  return { salt, ballotId: Buffer.concat([nonce, cipher.getAuthTag(), text]) };
}

async function fill(kind: Kind, contents: OldContents, run: Run): Promise<void> {
  for (const statement of TABLES(kind)) await run(statement);
  const userId = (login: string): number => contents.users.indexOf(login) + 1;
  for (const login of contents.users) {
    await run('insert into "user" (id, username, name, token) values ($1, $2, $3, $4)', [
      userId(login),
      login,
      `Name of ${login}`,
      TOKEN,
    ]);
  }
  let electionId = 0;
  let voterId = 0;
  for (const [key, ballots] of Object.entries(contents.elections)) {
    electionId += 1;
    await run('insert into election (id, "key", name) values ($1, $2, $3)', [electionId, key, key]);
    for (const [login, ranks] of ballots) {
      voterId += 1;
      const ballot = randomUUID();
      const { salt, ballotId } = sealed(ballot, `passcode of ${login}`);
      await run(
        'insert into voter (id, user_id, election_id, created_at, salt, ballot_id) values ($1, $2, $3, $4, $5, $6)',
        [voterId, userId(login), electionId, '2024-01-02 03:04:05', salt, ballotId],
      );
      for (const [candidate, rank] of ranks) {
        await run(
          'insert into ballot (id, election_id, "rank", candidate, voter) values ($1, $2, $3, $4, $5)',
          [randomUUID().replaceAll('-', ''), electionId, rank, candidate, ballot],
        );
      }
    }
  }
  for (const [i, { key, login, reviewed }] of contents.requests.entries()) {
    await run(
      `insert into request (id, user_id, election_id, name, email, chat, description, comments, reviewed, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        i + 1,
        userId(login),
        Object.keys(contents.elections).indexOf(key) + 1,
        `Name of ${login}`,
        `${login}@example.org`,
        '@chat',
        'I have contributed.',
        '',
        reviewed,
        '2024-01-02 03:04:05',
      ],
    );
  }
}
