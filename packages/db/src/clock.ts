import { sql, type RawBuilder } from 'kysely';
import type { Dialect } from './dialect.ts';

const NOW: Readonly<Record<Dialect, RawBuilder<unknown>>> = {
  sqlite: sql`cast(unixepoch('subsec') * 1000 as integer)`,
  postgresql: sql`floor(extract(epoch from clock_timestamp()) * 1000)::bigint`,
  // Of UTC on both sides: whatever the session's zone is, no hour is missing or there twice.
  mariadb: sql`timestampdiff(microsecond, '1970-01-01 00:00:00', utc_timestamp(6)) div 1000`,
};

/** Whole milliseconds since 1970 at this statement, by the database's own clock. */
export const nowIn = (dialect: Dialect): RawBuilder<unknown> => NOW[dialect];
