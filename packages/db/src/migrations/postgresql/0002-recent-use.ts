import { Migration } from '@mikro-orm/migrations';

/**
 * What several servers count together for a minute. PostgreSQL only: SQLite has one server, which counts in
 * memory. Unlogged, so that it is in no write-ahead log, no standby and no base backup, and empty after a crash.
 */
export class Migration0002 extends Migration {
  override up(): void {
    this.addSql(`create unlogged table recent_use (
      id bytea not null primary key,
      uses integer not null,
      ends_at bigint not null
    )`);
    // Rows that are over leave the file at the next round of the vacuum, however few they are.
    this.addSql(
      'alter table recent_use set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1)',
    );
  }
}
