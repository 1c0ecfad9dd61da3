/** Whether a database takes writes. That it answers says nothing of a full disk, or of a replica that only reads. */
import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import { DatabaseFault } from './fault.ts';
import { writeNote } from './notes.ts';

/** Ms between two tries while nothing is wrong; a write that failed has the next question tried at once. */
const PAUSE = 30_000;
/**
 * Bytes of a try, as characters. SQLite's disk must take what a ballot writes; in PostgreSQL each try stays in the
 * write-ahead log, and its full disk shows with any write.
 */
const SIZE = { sqlite: 65_536, postgresql: 16 };

/** Codes of a database, not of a statement, that takes no writes. */
const NO_WRITES = /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN)|25006|53100)/;

export interface WriteWatch {
  /** Told of what a write was refused with. */
  failed(fault: unknown): void;
  /** Why no writes are taken, as the database's code; null while they are. */
  problem(db: Database): Promise<string | null>;
}

export function watchWrites(): WriteWatch {
  let problem: string | null = null;
  let triedAt = -Infinity;
  const failed = (fault: unknown): void => {
    if (fault instanceof DatabaseFault && NO_WRITES.test(fault.code)) problem = fault.code;
  };
  return {
    failed,
    async problem(db) {
      if (problem === null && performance.now() - triedAt < PAUSE) return null;
      triedAt = performance.now();
      try {
        // Something new each time: what is there already would not be written again.
        await writeNote(db, 'probe', randomBytes(SIZE[db.dialect] / 2).toString('hex'));
        problem = null;
      } catch (error) {
        failed(error);
        if (!(error instanceof DatabaseFault)) throw error;
        problem ??= error.code;
      }
      return problem;
    },
  };
}
