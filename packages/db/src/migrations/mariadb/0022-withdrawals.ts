import { Migration } from '@mikro-orm/migrations';

/** How often somebody took their ballot back, sealed: a cast from before, sent again, puts nothing back. */
export class Migration0022 extends Migration {
  override up(): void {
    this.addSql('alter table roll_binding add column /*M! if not exists */ withdrawals longblob');
  }
}
