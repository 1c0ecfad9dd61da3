/** Reads a database of the Elekto written in Python, schema 1 or 2, and changes nothing in it. */
import { CliError } from '../cli-error.ts';

import { codeOf, openReader, type Reader, type Row } from './readers.ts';

/** What is taken over. Tokens, passcodes, salts and encrypted ballot ids are never even read. */
export interface OldDatabase {
  readonly schema: number;
  readonly users: readonly { readonly id: number; readonly login: string }[];
  readonly elections: readonly { readonly id: number; readonly key: string }[];
  readonly voters: readonly { readonly userId: number; readonly electionId: number }[];
  readonly requests: readonly OldRequest[];
  /** One row for each candidate of a ballot; only of the elections asked for. */
  rows(electionIds: readonly number[]): Promise<readonly OldBallotRow[]>;
  close(): Promise<void>;
}

export interface OldRequest {
  readonly userId: number;
  readonly electionId: number;
  readonly name: string;
  readonly email: string;
  readonly reason: string;
  readonly reviewed: boolean;
  /** Ms since 1970. */
  readonly requestedAt: number;
}

export interface OldBallotRow {
  readonly electionId: number;
  /** Random, the same for all rows of a ballot, and not a user's. */
  readonly ballot: string;
  readonly candidate: string;
  readonly rank: number | null;
}

const NEWEST_SCHEMA = 2;

/**
 * Opens `sqlite:<path>`, a path, `postgresql://...`, `mariadb://...` or `mysql://...`.
 * @throws CliError when it cannot be opened, or is no database of Elekto up to schema 2.
 */
export async function openOldDatabase(source: string): Promise<OldDatabase> {
  const reader = await openReader(source);
  try {
    return await read(reader);
  } catch (error) {
    await reader.close();
    if (error instanceof CliError) throw error;
    throw new CliError(`the old database cannot be read (${codeOf(error)})`);
  }
}

async function read(reader: Reader): Promise<OldDatabase> {
  for (const table of ['user', 'election', 'voter', 'ballot', 'request']) {
    if (!(await reader.has(table)))
      throw new CliError(`this is not a database of Elekto: it has no table "${table}"`);
  }
  const versions = (await reader.has('schema_version'))
    ? await reader.all('select version from schema_version')
    : [];
  const schema = Math.max(1, ...versions.map((row) => Number(row['version'])));
  if (schema > NEWEST_SCHEMA)
    throw new CliError(`the old database has schema ${schema}; up to ${NEWEST_SCHEMA} is known`);
  const users = await reader.all('select id, username from "user" where username is not null order by id');
  const elections = await reader.all('select id, "key" from election order by "key"');
  const voters = await reader.all(
    'select distinct user_id, election_id from voter where user_id is not null and election_id is not null',
  );
  const requests = await reader.all(
    `select user_id, election_id, name, email, chat, description, comments, reviewed, created_at from request
     where user_id is not null and election_id is not null order by id`,
  );
  return {
    schema,
    users: users.map((row) => ({ id: Number(row['id']), login: String(row['username']).trim() })),
    elections: elections.map((row) => ({ id: Number(row['id']), key: String(row['key']) })),
    voters: voters.map((row) => ({ userId: Number(row['user_id']), electionId: Number(row['election_id']) })),
    requests: requests.map(toRequest),
    rows: async (electionIds) => {
      const rows: OldBallotRow[] = [];
      for (const id of electionIds) {
        const found = await reader.all(
          'select voter, candidate, "rank" from ballot where election_id = $1 order by voter, candidate',
          [id],
        );
        rows.push(...found.map((row) => toBallotRow(id, row)));
      }
      return rows;
    },
    close: () => reader.close(),
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function toRequest(row: Row): OldRequest {
  const chat = text(row['chat']);
  const parts = [text(row['description']), text(row['comments']), chat === '' ? '' : `Chat: ${chat}`];
  const at = row['created_at'];
  // SQLite keeps it as text without a zone, which is UTC as in the rest of Elekto.
  const instant = at instanceof Date ? at.getTime() : Date.parse(`${text(at).replace(' ', 'T')}Z`);
  return {
    userId: Number(row['user_id']),
    electionId: Number(row['election_id']),
    name: text(row['name']),
    email: text(row['email']),
    reason: parts.filter((part) => part !== '').join('\n\n'),
    reviewed: row['reviewed'] === true || row['reviewed'] === 1,
    requestedAt: Number.isNaN(instant) ? 0 : instant,
  };
}

function toBallotRow(electionId: number, row: Row): OldBallotRow {
  const rank = typeof row['rank'] === 'string' ? Number(row['rank'].trim() || Number.NaN) : row['rank'];
  return {
    electionId,
    ballot: String(row['voter']),
    candidate: String(row['candidate']),
    rank: typeof rank === 'number' && Number.isSafeInteger(rank) ? rank : null,
  };
}
