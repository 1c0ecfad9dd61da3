import { Migration } from '@mikro-orm/migrations';

/** What voters sign when a ballot in the custody of officers leaves the box. No time, no serial number, no voter. */
export class Migration0014 extends Migration {
  override up(): void {
    this.addSql(`create table released_record (
      election text not null references election (id),
      id text not null,
      sealed bytea not null,
      primary key (election, id)
    )`);
  }
}
