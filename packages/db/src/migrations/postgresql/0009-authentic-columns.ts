import { Migration } from '@mikro-orm/migrations';

/**
 * What decides is authenticated: when a result was published (in the election's row), until when a session lasts, and
 * that somebody had voted before a restart; what servers keep for each other is numbered. Columns that nobody read, or
 * whose value lies sealed beside them, go. A server from before
 * migration 0008 that still runs can write no request that nobody would take for genuine.
 */
export class Migration0009 extends Migration {
  override up(): void {
    this.addSql('alter table election add column published_at bigint');
    for (const column of ['root', 'signature', 'published_at'])
      this.addSql(`alter table result drop column ${column}`);
    for (const table of ['session', 'voided_participation'])
      this.addSql(`alter table ${table} add column mac text not null default ''`);
    this.addSql('alter table note add column version integer not null default 0');
    this.addSql('alter table exception_request alter column mac drop default');
  }
}
