import { Migration } from '@mikro-orm/migrations';

/** Whose account an office is: the first that uses it under the login that the files name. */
export class Migration0007 extends Migration {
  override up(): void {
    this.addSql(`create table office (
      election_key text not null,
      login text not null,
      account text not null,
      version integer not null,
      mac text not null,
      primary key (election_key, login)
    ) without rowid`);
  }
}
