import { Migration } from '@mikro-orm/migrations';

/** The files of the boards on which officers hold their counts. No time of a post, no voter. */
export class Migration0021 extends Migration {
  override up(): void {
    this.addSql(`create table board_file (
      board text not null,
      name text not null,
      about text not null,
      mac text not null,
      file blob not null,
      primary key (board, name)
    )`);
  }
}
