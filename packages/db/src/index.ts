export { authenticateWith, startDatabase } from './database.ts';
export type { Database, DatabaseOptions } from './database.ts';
export type { Dialect } from './dialect.ts';
export { DATABASE_URLS, databaseKind, databaseName } from './kind.ts';
export { durabilityProblem } from './durability.ts';
export {
  asBytes,
  insertAllUnlessThere,
  insertUnlessThere,
  leavesOutKnown,
  lockRows,
  putRow,
  putRows,
  tailOf,
  unlessKnown,
} from './statements.ts';
export type { RowLock } from './statements.ts';
export { checkSchema, migrate, NewerSchema, pendingMigrations } from './migrate.ts';
export { countUses, forgetUses, takeOnce } from './recent-uses.ts';
export type { RecentUses } from './recent-uses.ts';
export { UnfitDatabase } from './unfit-database.ts';
export { LONGEST_PAUSE } from './time-limits.ts';
export { withLongPauses, withShortLocks } from './transaction-limits.ts';
export { writeProblem } from './write-problem.ts';
export { DatabaseFault, toFault } from './fault.ts';
export type { FaultKind } from './fault.ts';
export {
  AccountAltered,
  findPeople,
  freeLogin,
  hasPeople,
  LoginHeld,
  personMac,
  signIn,
  type TellsCaseApart,
} from './people.ts';
export type { SignedIn } from './people.ts';
export {
  SESSION_LIFETIME,
  authenticateSessions,
  createSession,
  deleteSessions,
  deleteSessionsOf,
  findSession,
  renewSession,
} from './sessions.ts';
export { inOneGo } from './in-one-go.ts';
export { withCommit } from './with-commit.ts';
export { prepared } from './prepared.ts';
export { tables } from './tables.ts';
export type { Tables } from './tables.ts';
export { sql } from 'kysely';
export type { EntityManager } from '@mikro-orm/sql';
export { copySqlite } from './copy-sqlite.ts';
export { inspectSqlite } from './inspect-sqlite.ts';
export type { SqliteContents } from './inspect-sqlite.ts';
export { isUnclaimed, unclaimedId } from './unclaimed.ts';
