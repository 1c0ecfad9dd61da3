import { Migration } from '@mikro-orm/migrations';
import { ID, KEY, NAME, TABLE } from './columns.ts';

/**
 * The schema that SQLite and PostgreSQL have after their ninth migration: the first that MariaDB and MySQL get.
 * Neither undoes a `create table` when the next one fails, so that each statement may be run again.
 */
export class Migration0009 extends Migration {
  override up(): void {
    this.addSql(`create table if not exists user_account (
      id ${ID} not null primary key,
      github_id varchar(320) not null unique,
      login ${NAME} not null,
      mac ${ID} not null
    ) ${TABLE}`);
    this.addSql(`create table if not exists session (
      id_hash ${ID} not null primary key,
      user_id ${ID} not null,
      expires_at bigint not null,
      mac ${ID} not null,
      foreign key (user_id) references user_account (id)
    ) ${TABLE}`);
    this.addSql(`create table if not exists election (
      id ${ID} not null primary key,
      \`key\` ${KEY} not null unique,
      state ${ID} not null check (state in ('open', 'closed', 'finalised', 'published')),
      withdrawn integer not null default 0,
      manifest longtext not null,
      manifest_hash ${ID} not null,
      opens_at bigint not null,
      closes_at bigint not null,
      closed_at bigint,
      seen_commit ${NAME} not null,
      mac ${ID} not null,
      roll longtext not null,
      pinned integer not null default 1,
      fetched_from bigint not null default 0,
      file_closes_at bigint,
      shards integer not null default 0,
      former_roll longtext not null,
      roll_hash ${ID} not null default '',
      origin ${ID} not null default 'held' check (origin in ('held', 'imported')),
      struck longtext not null,
      restart_asked longtext,
      voided longtext not null,
      version integer not null default 0,
      result_signature longtext,
      published_at bigint
    ) ${TABLE}`);
    this.addSql(`create table if not exists roll_binding (
      election ${ID} not null,
      login ${NAME} not null,
      \`user\` ${ID} not null,
      mac ${ID} not null,
      primary key (election, login),
      unique (election, \`user\`),
      foreign key (election) references election (id),
      foreign key (\`user\`) references user_account (id)
    ) ${TABLE}`);
    this.addSql(`create table if not exists result (
      election ${ID} not null primary key,
      tie_decision longtext,
      sealed longblob not null,
      file longblob,
      foreign key (election) references election (id)
    ) ${TABLE}`);
    this.addSql(`create table if not exists participation (
      election ${ID} not null,
      \`user\` ${ID} not null,
      kdf integer not null,
      salt blob not null,
      auth_tag blob not null,
      sealed_seed blob not null,
      mac ${ID} not null,
      primary key (election, \`user\`),
      foreign key (election) references election (id),
      foreign key (\`user\`) references user_account (id)
    ) ${TABLE}`);
    this.addSql(`create table if not exists voided_participation (
      election ${ID} not null,
      run ${ID} not null,
      \`user\` ${ID} not null,
      mac ${ID} not null,
      primary key (election, run, \`user\`),
      foreign key (election) references election (id),
      foreign key (\`user\`) references user_account (id)
    ) ${TABLE}`);
    this.addSql(`create table if not exists ballot_box (
      election ${ID} not null,
      shard integer not null,
      version integer not null,
      sealed longblob not null,
      participants longblob,
      primary key (election, shard),
      foreign key (election) references election (id)
    ) ${TABLE}`);
    this.addSql(`create table if not exists unlock_failure (
      election ${ID} not null,
      \`user\` ${ID} not null,
      window_no integer not null,
      failures integer not null,
      primary key (election, \`user\`),
      foreign key (election) references election (id),
      foreign key (\`user\`) references user_account (id)
    ) ${TABLE}`);
    this.addSql(`create table if not exists checkpoint (
      election ${ID} not null,
      seq integer not null,
      at bigint not null,
      cast_count integer not null,
      versions longtext not null,
      root ${NAME} not null,
      prev_hash ${NAME} not null,
      hash ${NAME} not null,
      signature longtext not null,
      primary key (election, seq),
      foreign key (election) references election (id)
    ) ${TABLE}`);
    this.addSql(`create table if not exists exception_request (
      id ${ID} not null primary key,
      election_key ${KEY} not null,
      \`user\` ${ID} not null,
      login ${NAME} not null,
      name longtext not null,
      email longtext not null,
      reason longtext not null,
      status ${ID} not null check (status in ('open', 'approved', 'declined', 'more-information')),
      version integer not null,
      requested_at bigint not null,
      history longtext not null,
      mac ${ID} not null,
      unique (election_key, \`user\`),
      foreign key (\`user\`) references user_account (id)
    ) ${TABLE}`);
    this.addSql(`create table if not exists audit_event (
      seq integer not null primary key,
      election_key ${KEY} not null,
      at bigint not null,
      actor ${NAME} not null,
      action ${NAME} not null,
      detail longtext not null,
      prev_hash ${NAME} not null,
      hash ${NAME} not null,
      index audit_event_by_election (election_key, seq)
    ) ${TABLE}`);
    this.addSql(`create table if not exists installation (
      id integer not null primary key check (id = 1),
      fingerprint ${NAME} not null
    ) ${TABLE}`);
    this.addSql(`create table if not exists note (
      name ${KEY} not null primary key,
      body longtext not null,
      mac ${ID} not null,
      version integer not null default 0
    ) ${TABLE}`);
    this.addSql(`create table if not exists office (
      election_key ${KEY} not null,
      login ${NAME} not null,
      account varchar(320) not null,
      version integer not null,
      mac ${ID} not null,
      primary key (election_key, login)
    ) ${TABLE}`);
    // In memory, so that what is counted for a minute is in no file, and gone with a restart.
    this.addSql(`create table if not exists recent_use (
      id binary(32) not null primary key,
      uses integer not null,
      ends_at bigint not null
    ) engine = MEMORY`);
  }
}
