import { Migration } from '@mikro-orm/migrations';

/** The results.json that was signed, sealed, as it was stored; null for a count from before. */
export class Migration0005 extends Migration {
  override up(): void {
    this.addSql('alter table result add column file bytea');
  }
}
