import type { Logger } from '../log.ts';

/** Where failures of single requests are written down. */
export type FailureLog = Pick<Logger, 'warn' | 'error'>;

/** Lines a minute; a stack of twelve frames takes up to 2 kB, so with the kinds below a minute stays under 50 kB. */
const MOST = 16;
const MINUTE = 60_000;
/** Kinds of failure a minute of which the first is always written: what is new is never crowded out by what is known. */
const MOST_KINDS = 8;

/**
 * The log for what fails once for each request: while a database is away every page and ballot says the same. A minute
 * has so many such lines, each in full, and the first of each kind; what is more than that is told as a number when the
 * minute ends.
 */
export function rationFailures(log: Logger): FailureLog {
  let written = 0;
  const kinds = new Set<string>();
  let withheld = 0;
  let timer: NodeJS.Timeout | null = null;
  const minuteEnds = (): void => {
    timer = null;
    if (withheld > 0)
      log.warn(
        { failures: withheld },
        'more requests failed than there are lines for; these were not written',
      );
    written = 0;
    withheld = 0;
    kinds.clear();
  };
  const ration =
    (write: (fields: object, message: string) => void) =>
    (fields: object, message: string): void => {
      timer ??= setTimeout(minuteEnds, MINUTE).unref();
      const kind = kindOf(fields, message);
      const isNew = !kinds.has(kind) && kinds.size < MOST_KINDS;
      if (isNew) kinds.add(kind);
      if (!isNew && written >= MOST) return void (withheld += 1);
      written += 1;
      write(fields, message);
    };
  return {
    warn: ration((fields, message) => log.warn(fields, message)),
    error: ration((fields, message) => log.error(fields, message)),
  } as FailureLog;
}

/** What a line tells that another does not: the message, and the error's code where it has one. */
function kindOf(fields: object, message: string): string {
  const { err } = fields as { err?: { code?: unknown; name?: unknown } };
  return `${message} ${String(err?.code ?? err?.name ?? '')}`;
}
