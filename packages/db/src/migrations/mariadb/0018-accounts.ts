import { Migration } from '@mikro-orm/migrations';

/** A person is known by their account at the instance's provider, whichever that is. One statement, run once. */
export class Migration0018 extends Migration {
  override async up(): Promise<void> {
    const left = await this.execute(`select column_name from information_schema.columns
      where table_schema = database() and table_name = 'user_account' and column_name = 'github_id'`);
    if (left.length === 0) return;
    this.addSql(
      'alter table user_account rename column github_id to account, rename index github_id to account',
    );
  }
}
