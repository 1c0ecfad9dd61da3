import type { MigrationObject } from '@mikro-orm/core';
import { Migration0001 as Postgres0001 } from './postgresql/0001-initial.ts';
import { Migration0002 as Postgres0002 } from './postgresql/0002-recent-use.ts';
import { Migration0003 as Postgres0003 } from './postgresql/0003-first-ballot-pins.ts';
import { Migration0004 as Postgres0004 } from './postgresql/0004-known-outside.ts';
import { Migration0005 as Postgres0005 } from './postgresql/0005-stored-results.ts';
import { Migration0001 as Sqlite0001 } from './sqlite/0001-initial.ts';
import { Migration0003 as Sqlite0003 } from './sqlite/0003-first-ballot-pins.ts';
import { Migration0004 as Sqlite0004 } from './sqlite/0004-known-outside.ts';
import { Migration0005 as Sqlite0005 } from './sqlite/0005-stored-results.ts';

/**
 * The migrations of a dialect in order. A released migration is never edited; a change is a new one in both
 * folders, unless it concerns one database only. Each has a frozen copy of its schema in tests/schemas.
 */
export function migrationsOf(dialect: 'sqlite' | 'postgresql'): MigrationObject[] {
  return dialect === 'sqlite'
    ? [
        { name: '0001-initial', class: Sqlite0001 },
        { name: '0003-first-ballot-pins', class: Sqlite0003 },
        { name: '0004-known-outside', class: Sqlite0004 },
        { name: '0005-stored-results', class: Sqlite0005 },
      ]
    : [
        { name: '0001-initial', class: Postgres0001 },
        { name: '0002-recent-use', class: Postgres0002 },
        { name: '0003-first-ballot-pins', class: Postgres0003 },
        { name: '0004-known-outside', class: Postgres0004 },
        { name: '0005-stored-results', class: Postgres0005 },
      ];
}
