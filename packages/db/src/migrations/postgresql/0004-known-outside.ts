import { Migration } from '@mikro-orm/migrations';

/**
 * Who took part is authenticated, each row and all together, what changes is numbered, and the database names
 * the keys that belong to it. Migrations have no keys: the first server that starts with them fills the new
 * columns.
 */
export class Migration0004 extends Migration {
  override up(): void {
    this.addSql('alter table election add column version integer not null default 0');
    this.addSql(`alter table participation add column mac text not null default ''`);
    this.addSql('alter table ballot_box add column participants bytea');
    this.addSql(`create table installation (
      id integer not null primary key check (id = 1),
      fingerprint text not null
    )`);
  }
}
