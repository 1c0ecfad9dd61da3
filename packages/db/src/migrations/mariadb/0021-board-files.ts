import { Migration } from '@mikro-orm/migrations';
import { ID, TABLE } from './columns.ts';

/** The files of the boards on which officers hold their counts. No time of a post, no voter. */
export class Migration0021 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists board_file (
      board ${ID} not null,
      name ${ID} not null,
      about longtext not null,
      mac ${ID} not null,
      file longblob not null,
      primary key (board, name)
    ) ${TABLE}`);
  }
}
