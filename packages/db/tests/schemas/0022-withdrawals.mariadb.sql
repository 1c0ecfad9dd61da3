-- The schema that 0022-withdrawals leaves in MariaDB, frozen, with a row in every table. Never edited: a test migrates from it.

CREATE TABLE `mikro_orm_migrations` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `name` varchar(255) NOT NULL,
  `executed_at` datetime NOT NULL DEFAULT current_timestamp(),
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;

CREATE TABLE `installation` (
  `id` int(11) NOT NULL CHECK (`id` = 1),
  `fingerprint` varchar(255) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `user_account` (
  `id` varchar(64) NOT NULL,
  `account` varchar(320) NOT NULL,
  `login` varchar(255) NOT NULL,
  `mac` varchar(64) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `account` (`account`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `session` (
  `id_hash` varchar(64) NOT NULL,
  `user_id` varchar(64) NOT NULL,
  `expires_at` bigint(20) NOT NULL,
  `mac` varchar(64) NOT NULL,
  PRIMARY KEY (`id_hash`),
  KEY `user_id` (`user_id`),
  CONSTRAINT `session_ibfk_1` FOREIGN KEY (`user_id`) REFERENCES `user_account` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `election` (
  `id` varchar(64) NOT NULL,
  `key` varchar(500) NOT NULL,
  `state` varchar(64) NOT NULL CHECK (`state` in ('open','closed','finalised','published')),
  `withdrawn` int(11) NOT NULL DEFAULT 0,
  `manifest` longtext NOT NULL,
  `manifest_hash` varchar(64) NOT NULL,
  `opens_at` bigint(20) NOT NULL,
  `closes_at` bigint(20) NOT NULL,
  `closed_at` bigint(20) DEFAULT NULL,
  `seen_commit` varchar(255) NOT NULL,
  `mac` varchar(64) NOT NULL,
  `roll` longtext NOT NULL,
  `pinned` int(11) NOT NULL DEFAULT 1,
  `fetched_from` bigint(20) NOT NULL DEFAULT 0,
  `file_closes_at` bigint(20) DEFAULT NULL,
  `shards` int(11) NOT NULL DEFAULT 0,
  `former_roll` longtext NOT NULL,
  `roll_hash` varchar(64) NOT NULL DEFAULT '',
  `origin` varchar(64) NOT NULL DEFAULT 'held' CHECK (`origin` in ('held','imported')),
  `struck` longtext NOT NULL,
  `restart_asked` longtext DEFAULT NULL,
  `voided` longtext NOT NULL,
  `version` int(11) NOT NULL DEFAULT 0,
  `result_signature` longtext DEFAULT NULL,
  `published_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `key` (`key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `roll_binding` (
  `election` varchar(64) NOT NULL,
  `login` varchar(255) NOT NULL,
  `user` varchar(64) NOT NULL,
  `mac` varchar(64) NOT NULL,
  `withdrawals` longblob DEFAULT NULL,
  PRIMARY KEY (`election`,`login`),
  UNIQUE KEY `election` (`election`,`user`),
  KEY `user` (`user`),
  CONSTRAINT `roll_binding_ibfk_1` FOREIGN KEY (`election`) REFERENCES `election` (`id`),
  CONSTRAINT `roll_binding_ibfk_2` FOREIGN KEY (`user`) REFERENCES `user_account` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `result` (
  `election` varchar(64) NOT NULL,
  `tie_decision` longtext DEFAULT NULL,
  `sealed` longblob NOT NULL,
  `file` longblob DEFAULT NULL,
  PRIMARY KEY (`election`),
  CONSTRAINT `result_ibfk_1` FOREIGN KEY (`election`) REFERENCES `election` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `participation` (
  `election` varchar(64) NOT NULL,
  `user` varchar(64) NOT NULL,
  `kdf` int(11) NOT NULL,
  `salt` blob NOT NULL,
  `auth_tag` blob NOT NULL,
  `sealed_seed` blob NOT NULL,
  `mac` varchar(64) NOT NULL,
  PRIMARY KEY (`election`,`user`),
  KEY `user` (`user`),
  CONSTRAINT `participation_ibfk_1` FOREIGN KEY (`election`) REFERENCES `election` (`id`),
  CONSTRAINT `participation_ibfk_2` FOREIGN KEY (`user`) REFERENCES `user_account` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `voided_participation` (
  `election` varchar(64) NOT NULL,
  `run` varchar(64) NOT NULL,
  `user` varchar(64) NOT NULL,
  `mac` varchar(64) NOT NULL,
  PRIMARY KEY (`election`,`run`,`user`),
  KEY `user` (`user`),
  CONSTRAINT `voided_participation_ibfk_1` FOREIGN KEY (`election`) REFERENCES `election` (`id`),
  CONSTRAINT `voided_participation_ibfk_2` FOREIGN KEY (`user`) REFERENCES `user_account` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `ballot_box` (
  `election` varchar(64) NOT NULL,
  `shard` int(11) NOT NULL,
  `version` int(11) NOT NULL,
  `sealed` longblob NOT NULL,
  `participants` longblob DEFAULT NULL,
  PRIMARY KEY (`election`,`shard`),
  CONSTRAINT `ballot_box_ibfk_1` FOREIGN KEY (`election`) REFERENCES `election` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `unlock_failure` (
  `election` varchar(64) NOT NULL,
  `user` varchar(64) NOT NULL,
  `window_no` int(11) NOT NULL,
  `failures` int(11) NOT NULL,
  PRIMARY KEY (`election`,`user`),
  KEY `user` (`user`),
  CONSTRAINT `unlock_failure_ibfk_1` FOREIGN KEY (`election`) REFERENCES `election` (`id`),
  CONSTRAINT `unlock_failure_ibfk_2` FOREIGN KEY (`user`) REFERENCES `user_account` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `checkpoint` (
  `election` varchar(64) NOT NULL,
  `seq` int(11) NOT NULL,
  `at` bigint(20) NOT NULL,
  `cast_count` int(11) NOT NULL,
  `versions` longtext NOT NULL,
  `root` varchar(255) NOT NULL,
  `prev_hash` varchar(255) NOT NULL,
  `hash` varchar(255) NOT NULL,
  `signature` longtext NOT NULL,
  PRIMARY KEY (`election`,`seq`),
  CONSTRAINT `checkpoint_ibfk_1` FOREIGN KEY (`election`) REFERENCES `election` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `exception_request` (
  `id` varchar(64) NOT NULL,
  `election_key` varchar(500) NOT NULL,
  `user` varchar(64) NOT NULL,
  `login` varchar(255) NOT NULL,
  `name` longtext NOT NULL,
  `email` longtext NOT NULL,
  `reason` longtext NOT NULL,
  `status` varchar(64) NOT NULL CHECK (`status` in ('open','approved','declined','more-information')),
  `version` int(11) NOT NULL,
  `requested_at` bigint(20) NOT NULL,
  `history` longtext NOT NULL,
  `mac` varchar(64) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `election_key` (`election_key`,`user`),
  KEY `user` (`user`),
  CONSTRAINT `exception_request_ibfk_1` FOREIGN KEY (`user`) REFERENCES `user_account` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `audit_event` (
  `seq` int(11) NOT NULL,
  `election_key` varchar(500) NOT NULL,
  `at` bigint(20) NOT NULL,
  `actor` varchar(255) NOT NULL,
  `action` varchar(255) NOT NULL,
  `detail` longtext NOT NULL,
  `prev_hash` varchar(255) NOT NULL,
  `hash` varchar(255) NOT NULL,
  PRIMARY KEY (`seq`),
  KEY `audit_event_by_election` (`election_key`,`seq`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `note` (
  `name` varchar(500) NOT NULL,
  `body` longtext NOT NULL,
  `mac` varchar(64) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `office` (
  `election_key` varchar(500) NOT NULL,
  `login` varchar(255) NOT NULL,
  `account` varchar(320) NOT NULL,
  `version` int(11) NOT NULL,
  `mac` varchar(64) NOT NULL,
  PRIMARY KEY (`election_key`,`login`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `board_post` (
  `board` varchar(255) NOT NULL,
  `slot` varchar(255) NOT NULL,
  `copy` int(11) NOT NULL,
  `body` longtext NOT NULL,
  PRIMARY KEY (`board`,`slot`,`copy`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `released_record` (
  `election` varchar(64) NOT NULL,
  `id` varchar(64) NOT NULL,
  `sealed` longblob NOT NULL,
  PRIMARY KEY (`election`,`id`),
  CONSTRAINT `released_record_ibfk_1` FOREIGN KEY (`election`) REFERENCES `election` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `board_file` (
  `board` varchar(64) NOT NULL,
  `name` varchar(64) NOT NULL,
  `about` longtext NOT NULL,
  `mac` varchar(64) NOT NULL,
  `file` longblob NOT NULL,
  PRIMARY KEY (`board`,`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin ROW_FORMAT=DYNAMIC;

CREATE TABLE `recent_use` (
  `id` binary(32) NOT NULL,
  `uses` int(11) NOT NULL,
  `ends_at` bigint(20) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=MEMORY DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci;

insert into mikro_orm_migrations (name) values ('0009-first'), ('0012-board-posts'), ('0014-releases'), ('0018-accounts'), ('0021-board-files'), ('0022-withdrawals');
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
