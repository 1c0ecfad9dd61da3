import type { Constructor, MigrationObject } from '@mikro-orm/core';
import type { Migration } from '@mikro-orm/migrations';
import type { Dialect } from '../dialect.ts';
import { Migration0009 as MariaDb0009 } from './mariadb/0009-first.ts';
import { Migration0012 as MariaDb0012 } from './mariadb/0012-board-posts.ts';
import { Migration0014 as MariaDb0014 } from './mariadb/0014-releases.ts';
import { Migration0018 as MariaDb0018 } from './mariadb/0018-accounts.ts';
import { Migration0021 as MariaDb0021 } from './mariadb/0021-board-files.ts';
import { Migration0022 as MariaDb0022 } from './mariadb/0022-withdrawals.ts';
import { Migration0001 as Postgres0001 } from './postgresql/0001-initial.ts';
import { Migration0002 as Postgres0002 } from './postgresql/0002-recent-use.ts';
import { Migration0003 as Postgres0003 } from './postgresql/0003-first-ballot-pins.ts';
import { Migration0004 as Postgres0004 } from './postgresql/0004-known-outside.ts';
import { Migration0005 as Postgres0005 } from './postgresql/0005-stored-results.ts';
import { Migration0006 as Postgres0006 } from './postgresql/0006-notes.ts';
import { Migration0007 as Postgres0007 } from './postgresql/0007-offices.ts';
import { Migration0008 as Postgres0008 } from './postgresql/0008-authentic-requests.ts';
import { Migration0009 as Postgres0009 } from './postgresql/0009-authentic-columns.ts';
import { Migration0012 as Postgres0012 } from './postgresql/0012-board-posts.ts';
import { Migration0014 as Postgres0014 } from './postgresql/0014-releases.ts';
import { Migration0018 as Postgres0018 } from './postgresql/0018-accounts.ts';
import { Migration0021 as Postgres0021 } from './postgresql/0021-board-files.ts';
import { Migration0022 as Postgres0022 } from './postgresql/0022-withdrawals.ts';
import { Migration0001 as Sqlite0001 } from './sqlite/0001-initial.ts';
import { Migration0003 as Sqlite0003 } from './sqlite/0003-first-ballot-pins.ts';
import { Migration0004 as Sqlite0004 } from './sqlite/0004-known-outside.ts';
import { Migration0005 as Sqlite0005 } from './sqlite/0005-stored-results.ts';
import { Migration0006 as Sqlite0006 } from './sqlite/0006-notes.ts';
import { Migration0007 as Sqlite0007 } from './sqlite/0007-offices.ts';
import { Migration0008 as Sqlite0008 } from './sqlite/0008-authentic-requests.ts';
import { Migration0009 as Sqlite0009 } from './sqlite/0009-authentic-columns.ts';
import { Migration0012 as Sqlite0012 } from './sqlite/0012-board-posts.ts';
import { Migration0014 as Sqlite0014 } from './sqlite/0014-releases.ts';
import { Migration0018 as Sqlite0018 } from './sqlite/0018-accounts.ts';
import { Migration0021 as Sqlite0021 } from './sqlite/0021-board-files.ts';
import { Migration0022 as Sqlite0022 } from './sqlite/0022-withdrawals.ts';

/**
 * The migrations of a dialect in order. A released migration is never edited; a change is a new one in all
 * folders, unless it concerns one database only. Each has a frozen copy of its schema in tests/schemas.
 */
export function migrationsOf(dialect: Dialect): MigrationObject[] {
  return MIGRATIONS[dialect];
}

const MIGRATIONS: Readonly<Record<Dialect, MigrationObject[]>> = {
  sqlite: [
    { name: '0001-initial', class: Sqlite0001 },
    { name: '0003-first-ballot-pins', class: Sqlite0003 },
    { name: '0004-known-outside', class: Sqlite0004 },
    { name: '0005-stored-results', class: Sqlite0005 },
    { name: '0006-notes', class: Sqlite0006 },
    { name: '0007-offices', class: Sqlite0007 },
    { name: '0008-authentic-requests', class: Sqlite0008 },
    { name: '0009-authentic-columns', class: Sqlite0009 },
    { name: '0012-board-posts', class: Sqlite0012 },
    { name: '0014-releases', class: Sqlite0014 },
    { name: '0018-accounts', class: Sqlite0018 },
    { name: '0021-board-files', class: Sqlite0021 },
    { name: '0022-withdrawals', class: Sqlite0022 },
  ],
  postgresql: [
    { name: '0001-initial', class: unhurried(Postgres0001) },
    { name: '0002-recent-use', class: unhurried(Postgres0002) },
    { name: '0003-first-ballot-pins', class: unhurried(Postgres0003) },
    { name: '0004-known-outside', class: unhurried(Postgres0004) },
    { name: '0005-stored-results', class: unhurried(Postgres0005) },
    { name: '0006-notes', class: unhurried(Postgres0006) },
    { name: '0007-offices', class: unhurried(Postgres0007) },
    { name: '0008-authentic-requests', class: unhurried(Postgres0008) },
    { name: '0009-authentic-columns', class: unhurried(Postgres0009) },
    { name: '0012-board-posts', class: unhurried(Postgres0012) },
    { name: '0014-releases', class: unhurried(Postgres0014) },
    { name: '0018-accounts', class: unhurried(Postgres0018) },
    { name: '0021-board-files', class: unhurried(Postgres0021) },
    { name: '0022-withdrawals', class: unhurried(Postgres0022) },
  ],
  mariadb: [
    { name: '0009-first', class: patient(MariaDb0009) },
    { name: '0012-board-posts', class: patient(MariaDb0012) },
    { name: '0014-releases', class: patient(MariaDb0014) },
    { name: '0018-accounts', class: patient(MariaDb0018) },
    { name: '0021-board-files', class: patient(MariaDb0021) },
    { name: '0022-withdrawals', class: patient(MariaDb0022) },
  ],
};

/** Without the time limits of requests: a table may be large, and nothing is served meanwhile. */
function unhurried(migration: Constructor<Migration>): Constructor<Migration> {
  // The type says that `up` is abstract; what is given has one.
  return class extends (migration as Constructor<Migration & { up(): void }>) {
    override async up(): Promise<void> {
      this.addSql('set local statement_timeout = 0');
      this.addSql('set local lock_timeout = 0');
      await super.up();
    }
  };
}

/** The same for MariaDB and MySQL, whose limits are the session's: they are put back for those who get the connection next. */
function patient(migration: Constructor<Migration>): Constructor<Migration> {
  return class extends (migration as Constructor<Migration & { up(): void }>) {
    override async up(): Promise<void> {
      this.addSql('set session lock_wait_timeout = 600 /*M! , session max_statement_time = 0 */');
      await super.up();
      this.addSql('set session lock_wait_timeout = 10 /*M! , session max_statement_time = 15 */');
    }
  };
}
