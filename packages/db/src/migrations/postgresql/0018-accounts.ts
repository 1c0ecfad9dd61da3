import { Migration } from '@mikro-orm/migrations';

/** A person is known by their account at the instance's provider, whichever that is. */
export class Migration0018 extends Migration {
  override up(): void {
    this.addSql('alter table user_account rename column github_id to account');
    this.addSql(
      'alter table user_account rename constraint user_account_github_id_key to user_account_account_key',
    );
  }
}
