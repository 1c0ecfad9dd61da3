/** A shell without the server's settings: no command that reads or repairs makes an installation of its own there. */
import { openKeys, openKeysFor } from '@elekto/ballot-box';
import { migrate, sql, startDatabase, tables } from '@elekto/db';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { CliError } from '../src/cli-error.ts';
import { buildProgram } from '../src/program.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'elekto-shell-'));
  vi.spyOn(process, 'cwd').mockReturnValue(dir);
  for (const name of [
    'ELEKTO_DATA_DIR',
    'ELEKTO_DATABASE_URL',
    'ELEKTO_DATABASE_URL_FILE',
    'ELEKTO_SECRETS_DIR',
  ])
    vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

const said = async (args: readonly string[]): Promise<string> => {
  const program = await buildProgram(args);
  const error: unknown = await program.parseAsync(args, { from: 'user' }).catch((thrown: unknown) => thrown);
  if (!(error instanceof CliError)) throw new Error(`not refused: ${String(error)}`);
  return error.message;
};

const COMMANDS = [
  ['officers', 'list'],
  ['officers', 'release', 'steering', 'olga'],
  ['clock', 'accept'],
  ['sessions', 'end', 'vera'],
  ['election', 'accept-restore'],
  ['election', 'accept-restore', 'steering'],
  ['election', 'count-as-is', 'steering'],
  ['migrate'],
  ['backup', 'copy.db'],
  ['backup', '--keys', 'copy.age'],
] as const;

describe.each(COMMANDS.map((args) => [args.join(' '), args] as const))('elekto %s', (_name, args) => {
  it('says what is not there, and makes nothing', async () => {
    expect(await said(args)).toMatch(/ELEKTO_|cannot be read/);
    expect(readdirSync(dir)).toEqual([]);
  });
});

const databaseIn = async (folder: string) => {
  const db = await startDatabase({ url: `sqlite:${join(folder, '.data', 'elekto.db')}` });
  await migrate(db);
  return db;
};

it('a database of a version before is not brought up to date by the way', async () => {
  const db = await databaseIn(dir);
  await db.read((em) => sql`delete from mikro_orm_migrations where name like '0009%'`.execute(tables(em)));
  await db.close();
  expect(await said(['officers', 'list'])).toContain('there are no keys in');
  openKeys(join(dir, '.data-secrets'));
  expect(await said(['officers', 'list'])).toMatch(
    /of a version before .*0009-authentic-columns.* elekto migrate/,
  );
});

it('elekto officers list names nobody by a row that the server did not write, and ends with a fault', async () => {
  const db = await databaseIn(dir);
  await openKeysFor(db, join(dir, '.data-secrets'));
  const office = { election_key: 'steering', login: 'mallory', account: '31337', version: 1, mac: 'made up' };
  await db.transaction((em) => tables(em).insertInto('office').values(office).execute());
  await db.close();
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(await said(['officers', 'list'])).toContain('elekto officers release');
  expect(out.mock.calls.join('')).toMatch(/^steering mallory: the row was not written by the server/);
  expect(out.mock.calls.join('')).not.toContain('31337');
});
