import { Migration } from '@mikro-orm/migrations';
import { NAME, TABLE } from './columns.ts';

/** What officers sign in a key ceremony, and their proofs that they hold their shares. */
export class Migration0012 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists board_post (
      board ${NAME} not null,
      slot ${NAME} not null,
      copy integer not null,
      body longtext not null,
      primary key (board, slot, copy)
    ) ${TABLE}`);
  }
}
