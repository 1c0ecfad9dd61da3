/** What went wrong with the database, in the only words that may leave this package. */
export type FaultKind = 'unique' | 'busy' | 'lost' | 'constraint' | 'other';

/**
 * A failed statement or transaction. Carries the database's error code and nothing else: drivers put
 * values, and MikroORM whole statements with their parameters, into messages and causes.
 */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';
  readonly kind: FaultKind;
  readonly code: string;

  constructor(kind: FaultKind, code: string) {
    super(`the database refused an operation (${kind}, ${code})`);
    this.kind = kind;
    this.code = code;
  }
}

const LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'ENOENT',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'HANDSHAKE_NO_SSL_SUPPORT',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_QUERY_INTERRUPTED',
  'ER_QUERY_TIMEOUT',
  'ER_STATEMENT_TIMEOUT',
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
]);
/** Of MariaDB and MySQL. The last is what MariaDB says of a row that has changed under a transaction. */
const BUSY = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_NOWAIT', 'ER_CHECKREAD']);
const CONSTRAINTS =
  /^ER_(NO_REFERENCED_ROW|ROW_IS_REFERENCED|BAD_NULL_ERROR|CHECK_CONSTRAINT_VIOLATED|CONSTRAINT_FAILED|DATA_TOO_LONG|NO_DEFAULT_FOR_FIELD)/;
const DRIVER_WORDS = /connection|terminated|client (has|was)|socket|database (is|connection is) not open/i;

/** Errors of MariaDB that its driver, which goes by MySQL's numbers, has no name or another for: by number and state. */
const MARIADB: Readonly<Record<string, string>> = {
  '1927 70100': 'ER_CONNECTION_KILLED',
  '1969 70100': 'ER_STATEMENT_TIMEOUT',
  '4025 23000': 'ER_CONSTRAINT_FAILED',
};

function codeOf(error: unknown): string {
  for (let e = error, depth = 0; e instanceof Error && depth < 5; e = e.cause, depth += 1) {
    const code: unknown = (e as { code?: unknown }).code;
    const { errno, sqlState } = e as { errno?: unknown; sqlState?: unknown };
    const named = MARIADB[`${String(errno)} ${String(sqlState)}`];
    if (named !== undefined) return named;
    if (typeof code === 'string' && /^[A-Z0-9_]{4,60}$/.test(code)) return code;
  }
  return '';
}

function kindOf(code: string, message: string): FaultKind {
  if (
    code === '23505' ||
    code === 'SQLITE_CONSTRAINT_UNIQUE' ||
    code === 'SQLITE_CONSTRAINT_PRIMARYKEY' ||
    code === 'ER_DUP_ENTRY'
  ) {
    return 'unique';
  }
  if (
    code === '40P01' ||
    code === '40001' ||
    code === '55P03' ||
    /^SQLITE_(BUSY|LOCKED)/.test(code) ||
    BUSY.has(code)
  )
    return 'busy';
  if (LOST.has(code) || /^(08|57P|57014|25P03|53)/.test(code) || /^SQLITE_(IOERR|CANTOPEN|FULL)/.test(code))
    return 'lost';
  if (code.startsWith('23') || code.startsWith('SQLITE_CONSTRAINT') || CONSTRAINTS.test(code))
    return 'constraint';
  if (code === '' && DRIVER_WORDS.test(message)) return 'lost';
  return 'other';
}

const OUR_OWN = new Set(['TypeError', 'RangeError', 'ReferenceError', 'AssertionError', 'DatabaseFault']);

/** Errors of the language and of ours that mark themselves `safe` may pass; everything else is taken for a driver's. */
const mayPass = (error: unknown): boolean =>
  error instanceof Error && (OUR_OWN.has(error.name) || (error as { safe?: unknown }).safe === true);

/** The harmless fault for a driver's error; errors of our own code that say `safe` pass unchanged. */
export function toFault(error: unknown): unknown {
  if (mayPass(error)) return error;
  const code = codeOf(error);
  return new DatabaseFault(
    kindOf(code, error instanceof Error ? error.message : ''),
    code === '' ? 'unknown' : code,
  );
}
