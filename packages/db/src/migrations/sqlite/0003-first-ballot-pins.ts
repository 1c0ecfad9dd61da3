import { Migration } from '@mikro-orm/migrations';

/**
 * An election's row follows its files until the first ballot. Rows made before count as pinned; what a
 * migration cannot authenticate is written at the row's next change.
 */
export class Migration0003 extends Migration {
  override up(): void {
    this.addSql('alter table election add column pinned integer not null default 1');
    this.addSql('alter table election add column fetched_from integer not null default 0');
    this.addSql('alter table election add column file_closes_at integer');
    this.addSql('alter table election add column shards integer not null default 0');
    this.addSql(`alter table election add column former_roll text not null default '[]'`);
    this.addSql(`alter table election add column roll_hash text not null default ''`);
    this.addSql(`alter table election add column origin text not null default 'held'
      check (origin in ('held', 'imported'))`);
    this.addSql(`alter table election add column struck text not null default '[]'`);
    this.addSql('alter table election add column restart_asked text');
    this.addSql(`alter table election add column voided text not null default '[]'`);
    this.addSql(`update election set origin = 'imported'
      where key in (select election_key from audit_event where action = 'imported')`);
    this.addSql(`create table voided_participation (
      election text not null references election (id),
      run text not null,
      "user" text not null references user_account (id),
      primary key (election, run, "user")
    ) without rowid`);
  }
}
