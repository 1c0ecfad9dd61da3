import { Migration } from '@mikro-orm/migrations';

/**
 * What decides is authenticated: when a result was published (in the election's row), until when a session lasts, and
 * that somebody had voted before a restart; what servers keep for each other is numbered. Columns that nobody read, or
 * whose value lies sealed beside them, go.
 */
export class Migration0009 extends Migration {
  override up(): void {
    this.addSql('alter table election add column published_at integer');
    for (const column of ['root', 'signature', 'published_at'])
      this.addSql(`alter table result drop column ${column}`);
    for (const table of ['session', 'voided_participation'])
      this.addSql(`alter table ${table} add column mac text not null default ''`);
    this.addSql('alter table note add column version integer not null default 0');
  }
}
