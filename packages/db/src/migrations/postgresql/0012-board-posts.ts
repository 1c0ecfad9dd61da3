import { Migration } from '@mikro-orm/migrations';

/** What officers sign in a key ceremony, and their proofs that they hold their shares. */
export class Migration0012 extends Migration {
  override up(): void {
    this.addSql(`create table board_post (
      board text not null,
      slot text not null,
      copy integer not null,
      body text not null,
      primary key (board, slot, copy)
    )`);
  }
}
