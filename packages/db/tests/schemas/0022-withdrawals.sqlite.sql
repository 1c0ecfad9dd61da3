-- The schema that 0022-withdrawals leaves in SQLite, frozen, with a row in every table. Never edited: a test migrates from it.

CREATE TABLE `mikro_orm_migrations` (`id` integer not null primary key autoincrement, `name` text not null, `executed_at` datetime not null default (strftime('%s', 'now') * 1000));

CREATE TABLE user_account (
  id text not null primary key,
  account text not null unique,
  login text not null,
  mac text not null
);

CREATE TABLE session (
  id_hash text not null primary key,
  user_id text not null references user_account (id),
  expires_at integer not null,
  mac text not null default ''
);

CREATE TABLE election (
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
  roll text not null,
  pinned integer not null default 1,
  fetched_from integer not null default 0,
  file_closes_at integer,
  shards integer not null default 0,
  former_roll text not null default '[]',
  roll_hash text not null default '',
  origin text not null default 'held' check (origin in ('held', 'imported')),
  struck text not null default '[]',
  restart_asked text,
  voided text not null default '[]',
  version integer not null default 0,
  result_signature text,
  published_at integer
);

CREATE TABLE roll_binding (
  election text not null references election (id),
  login text not null,
  "user" text not null references user_account (id),
  mac text not null,
  withdrawals blob,
  primary key (election, login),
  unique (election, "user")
) without rowid;

CREATE TABLE result (
  election text not null primary key references election (id),
  tie_decision text,
  sealed blob not null,
  file blob
);

CREATE TABLE participation (
  election text not null references election (id),
  "user" text not null references user_account (id),
  kdf integer not null,
  salt blob not null,
  auth_tag blob not null,
  sealed_seed blob not null,
  mac text not null default '',
  primary key (election, "user")
) without rowid;

CREATE TABLE ballot_box (
  election text not null references election (id),
  shard integer not null,
  version integer not null,
  sealed blob not null,
  participants blob,
  primary key (election, shard)
);

CREATE TABLE voided_participation (
  election text not null references election (id),
  run text not null,
  "user" text not null references user_account (id),
  mac text not null default '',
  primary key (election, run, "user")
) without rowid;

CREATE TABLE unlock_failure (
  election text not null references election (id),
  "user" text not null references user_account (id),
  window_no integer not null,
  failures integer not null,
  primary key (election, "user")
) without rowid;

CREATE TABLE checkpoint (
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
);

CREATE TABLE exception_request (
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
  mac text not null default '',
  unique (election_key, "user")
);

CREATE TABLE audit_event (
  seq integer not null primary key,
  election_key text not null,
  at integer not null,
  actor text not null,
  action text not null,
  detail text not null,
  prev_hash text not null,
  hash text not null
);

CREATE INDEX audit_event_by_election on audit_event (election_key, seq);

CREATE TABLE installation (
  id integer not null primary key check (id = 1),
  fingerprint text not null
);

CREATE TABLE note (
  name text not null primary key,
  body text not null,
  mac text not null,
  version integer not null default 0
);

CREATE TABLE office (
  election_key text not null,
  login text not null,
  account text not null,
  version integer not null,
  mac text not null,
  primary key (election_key, login)
) without rowid;

CREATE TABLE board_post (
  board text not null,
  slot text not null,
  copy integer not null,
  body text not null,
  primary key (board, slot, copy)
) without rowid;

CREATE TABLE released_record (
  election text not null references election (id),
  id text not null,
  sealed blob not null,
  primary key (election, id)
) without rowid;

CREATE TABLE board_file (
  board text not null,
  name text not null,
  about text not null,
  mac text not null,
  file blob not null,
  primary key (board, name)
);

insert into mikro_orm_migrations (name) values ('0001-initial'), ('0003-first-ballot-pins'), ('0004-known-outside'), ('0005-stored-results'), ('0006-notes'), ('0007-offices'), ('0008-authentic-requests'), ('0009-authentic-columns'), ('0012-board-posts'), ('0014-releases'), ('0018-accounts'), ('0021-board-files'), ('0022-withdrawals');
insert into installation values (1, 'fingerprint');
insert into user_account values ('00000000000000000000000000000001', '1001', 'vera', 'mac-of-vera'), ('00000000000000000000000000000002', 'login:olga', 'olga', 'mac-of-olga');
insert into session values ('hash-of-a-token', '00000000000000000000000000000001', 1893456000000, 'mac-of-the-session');
insert into election values ('10000000000000000000000000000001', 'steering---2026', 'published', 0, '{"format":"elekto-manifest/1"}', 'hash-of-the-manifest', 1780000000000, 1781000000000, 1781000000001, 'commit-1', 'mac-of-the-row', '["vera"]', 1, 1780000000500, 1781000000000, 1, '["olga"]', 'hash-of-the-roll', 'held', '[{"id":"ada","commit":"c"}]', null, '[]', 3, 'signature', 1781000000002), ('10000000000000000000000000000002', 'open---2026', 'open', 1, '{}', 'hash-2', 1780000000000, 1893456000000, null, 'commit-2', 'mac-2', '[]', 0, 1780000000600, 1893456000001, 3, '[]', 'hash-of-the-roll-2', 'imported', '[]', '{"by":"olga"}', '[{"run":"r"}]', 0, null, null);
insert into roll_binding values ('10000000000000000000000000000001', 'vera', '00000000000000000000000000000001', 'mac-of-the-binding', x'0909');
insert into result values ('10000000000000000000000000000001', 'mac [{"winners":["ada"]}]', x'00ff10', x'0a0b');
insert into participation values ('10000000000000000000000000000001', '00000000000000000000000000000001', 1, x'01010101010101010101010101010101', x'0202020202020202020202020202020202020202020202020202020202020202', x'03030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303', 'mac-of-the-participation');
insert into voided_participation values ('10000000000000000000000000000001', 'r', '00000000000000000000000000000002', 'mac-of-the-voided');
insert into ballot_box values ('10000000000000000000000000000001', 0, 7, x'04040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404', x'06');
insert into released_record values ('10000000000000000000000000000001', 'id-of-a-release', x'0708');
insert into unlock_failure values ('10000000000000000000000000000001', '00000000000000000000000000000001', 494000, 3);
insert into checkpoint values ('10000000000000000000000000000001', 1, 1780000060000, 3, '[7]', 'root-1', 'previous', 'hash-1', 'signature-1');
insert into exception_request values ('request-1', 'steering---2026', '00000000000000000000000000000002', 'olga', 'Olga', 'olga@example.org', 'I wrote the docs.', 'more-information', 2, 1780000000003, '[{"status":"open"}]', 'mac-of-the-request');
insert into audit_event values (1, 'steering---2026', 1780000000004, 'server', 'opened', 'detail', 'previous', 'hash-of-the-event');
insert into note values ('probe', 'body', 'mac-of-the-note', 4);
insert into office values ('steering---2026', 'olga', '1002', 1, 'mac-of-the-office');
insert into board_post values ('id-of-a-ceremony', '1 deal', 0, '{"officer":1}');
insert into board_file values ('hash-of-a-manifest', '00-box.bin', '{"officer":0}', 'mac-of-the-file', x'090a');
