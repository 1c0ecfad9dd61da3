import { Migration } from '@mikro-orm/migrations';

/** What the servers keep for each other: the last good definitions of elections that run, an operator's word. */
export class Migration0006 extends Migration {
  override up(): void {
    this.addSql(`create table note (
      name text not null primary key,
      body text not null,
      mac text not null
    )`);
  }
}
