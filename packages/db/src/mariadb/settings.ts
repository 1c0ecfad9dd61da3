/* eslint elekto/words-in-catalogue: off -- for the operator at a start, in English as all of them */
/** What a MariaDB or MySQL must be set to before ballots go into it. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { tables } from '../tables.ts';
import { UnfitDatabase } from '../unfit-database.ts';

const MIB = 1024 * 1024;
/** The result of a large election is one row, as is a file of a board of up to 12 MiB, and a statement that writes it one packet. */
export const LEAST_PACKET = 16 * MIB;

interface Settings {
  readonly version: string;
  readonly mode: string;
  readonly isolation: string;
  readonly packet: number;
  /** How the binary log is written, where there is one. */
  readonly binlog: string;
}

/** The first versions whose checks, row formats, expressions and (MySQL 8.0.17) collation of keys are used here. */
const OLDEST = { MariaDB: '10.6.0', MySQL: '8.0.17' } as const;

/** Rejects with UnfitDatabase when the server is too old, or when a session in it is not as it was asked to be. */
export async function checkSettings(db: Database): Promise<void> {
  const found = await db.read(async (em) => {
    const { rows } = await sql<Omit<Settings, 'binlog'>>`
      select version() as version, @@sql_mode as mode, @@max_allowed_packet as packet,
        ${sql.raw('/*M! @@tx_isolation */ /*!80000 @@transaction_isolation */ as isolation')}`.execute(
      tables(em),
    );
    // A newer MySQL may lack the variable, which is no error here.
    const log = await sql<{ Value: string }>`
      show variables where variable_name = 'binlog_format' and @@log_bin = 1`.execute(tables(em));
    return { ...(rows[0] as Omit<Settings, 'binlog'>), binlog: log.rows[0]?.Value ?? '' };
  });
  const problem = problemOf(found);
  if (problem !== null) throw new UnfitDatabase(problem);
}

/** What keeps ballots out of a server with these settings, and what to do; null when nothing does. */
export function problemOf({ version, mode, isolation, packet, binlog }: Settings): string | null {
  const kind = /mariadb/i.test(version) ? 'MariaDB' : 'MySQL';
  const [number = '0'] = /^[\d.]+/.exec(version.replace(/^5\.5\.5-/, '')) ?? [];
  if (number.localeCompare(OLDEST[kind], 'en', { numeric: true }) < 0)
    return `it is ${kind} ${number}: ${kind} ${OLDEST[kind]} or newer is needed`;
  if (!/STRICT_(ALL|TRANS)_TABLES/.test(mode))
    return "it is not in strict mode and would cut values to fit: set global sql_mode = concat(@@sql_mode, ',STRICT_TRANS_TABLES'), the same in its configuration, and let nothing between change what a session sets";
  if (!/^(READ.COMMITTED|REPEATABLE.READ|SERIALIZABLE)$/.test(isolation))
    return 'its transactions see what others have not committed: set global transaction isolation level read committed, the same in its configuration';
  if (/^statement$/i.test(binlog))
    return 'its binary log is one of statements, with which it takes no write under read committed: set global binlog_format = mixed, the same in its configuration, and start this server again';
  if (Number(packet) < LEAST_PACKET)
    return `max_allowed_packet is ${Math.floor(Number(packet) / MIB)} MiB, and the result of a large election is one row: set global max_allowed_packet = ${64 * MIB}, the same in its configuration, and start this server again`;
  return null;
}
