import { Migration } from '@mikro-orm/migrations';

/** The first schema. */
export class Migration0001 extends Migration {
  override up(): void {
    this.addSql(`create table user_account (
      id text not null primary key,
      github_id text not null unique,
      login text not null,
      mac text not null
    )`);
    this.addSql(`create table session (
      id_hash text not null primary key,
      user_id text not null references user_account (id),
      expires_at integer not null
    )`);
    this.addSql(`create table election (
      id text not null primary key,
      key text not null unique,
      state text not null check (state in ('open', 'closed', 'finalised', 'published')),
      withdrawn integer not null default 0,
      manifest text not null,
      manifest_hash text not null,
      opens_at integer not null,
      closes_at integer not null,
      closed_at integer,
      seen_commit text not null,
      mac text not null,
      roll text not null
    )`);
    this.addSql(`create table roll_binding (
      election text not null references election (id),
      login text not null,
      "user" text not null references user_account (id),
      mac text not null,
      primary key (election, login),
      unique (election, "user")
    ) without rowid`);
    this.addSql(`create table result (
      election text not null primary key references election (id),
      root text not null,
      signature text not null,
      tie_decision text,
      published_at integer,
      sealed blob not null
    )`);
    this.addSql(`create table participation (
      election text not null references election (id),
      "user" text not null references user_account (id),
      kdf integer not null,
      salt blob not null,
      auth_tag blob not null,
      sealed_seed blob not null,
      primary key (election, "user")
    ) without rowid`);
    this.addSql(`create table ballot_box (
      election text not null references election (id),
      shard integer not null,
      version integer not null,
      sealed blob not null,
      primary key (election, shard)
    )`);
    this.addSql(`create table unlock_failure (
      election text not null references election (id),
      "user" text not null references user_account (id),
      window_no integer not null,
      failures integer not null,
      primary key (election, "user")
    ) without rowid`);
    this.addSql(`create table checkpoint (
      election text not null references election (id),
      seq integer not null,
      at integer not null,
      cast_count integer not null,
      versions text not null,
      root text not null,
      prev_hash text not null,
      hash text not null,
      signature text not null,
      primary key (election, seq)
    )`);
    this.addSql(`create table exception_request (
      id text not null primary key,
      election_key text not null,
      "user" text not null references user_account (id),
      login text not null,
      name text not null,
      email text not null,
      reason text not null,
      status text not null check (status in ('open', 'approved', 'declined', 'more-information')),
      version integer not null,
      requested_at integer not null,
      history text not null,
      unique (election_key, "user")
    )`);
    this.addSql(`create table audit_event (
      seq integer not null primary key,
      election_key text not null,
      at integer not null,
      actor text not null,
      action text not null,
      detail text not null,
      prev_hash text not null,
      hash text not null
    )`);
    this.addSql('create index audit_event_by_election on audit_event (election_key, seq)');
  }
}
