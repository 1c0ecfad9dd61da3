import { Migration } from '@mikro-orm/migrations';

/**
 * Requests for an exception are authenticated, and an election's row names the result that was signed last. Migrations
 * have no keys: the first server that starts with them authenticates the requests that are there.
 */
export class Migration0008 extends Migration {
  override up(): void {
    this.addSql(`alter table exception_request add column mac text not null default ''`);
    this.addSql('alter table election add column result_signature text');
  }
}
