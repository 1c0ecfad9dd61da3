/** What is known of whether a database takes writes. */
import { DatabaseFault } from './fault.ts';

/** Ms between two tries while nothing is wrong; a write that failed has the next question tried at once. */
const PAUSE = 30_000;
/** Codes of a database, not of a statement, that takes no writes. */
const NO_WRITES =
  /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN)|25006|53100|ER_(OPTION_PREVENTS_STATEMENT|READ_ONLY_MODE|CANT_EXECUTE_IN_READ_ONLY_TRANSACTION|OPEN_AS_READONLY|DISK_FULL|RECORD_FILE_FULL)$)/;

export interface WriteWatch {
  /** Told of what a write was refused with. */
  failed(fault: unknown): void;
  /**
   * The code of what keeps the database from taking writes; null while nothing does. `write` tries one, told
   * whether one was written before and none has failed since.
   */
  problem(write: (isCalm: boolean) => Promise<void>): Promise<string | null>;
}

export function watchWrites(): WriteWatch {
  let problem: string | null = null;
  let triedAt = -Infinity;
  const failed = (fault: unknown): void => {
    if (fault instanceof DatabaseFault && NO_WRITES.test(fault.code)) problem = fault.code;
  };
  return {
    failed,
    async problem(write) {
      if (problem === null && performance.now() - triedAt < PAUSE) return null;
      const isCalm = problem === null && triedAt > -Infinity;
      triedAt = performance.now();
      try {
        await write(isCalm);
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
