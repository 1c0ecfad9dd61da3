import { Migration } from '@mikro-orm/migrations';
import { ID, TABLE } from './columns.ts';

/** What voters sign when a ballot in the custody of officers leaves the box. No time, no serial number, no voter. */
export class Migration0014 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists released_record (
      election ${ID} not null,
      id ${ID} not null,
      sealed longblob not null,
      primary key (election, id),
      foreign key (election) references election (id)
    ) ${TABLE}`);
  }
}
