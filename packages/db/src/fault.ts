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
]);
const DRIVER_WORDS = /connection|terminated|client (has|was)|socket|database (is|connection is) not open/i;

function codeOf(error: unknown): string {
  for (let e = error, depth = 0; e instanceof Error && depth < 5; e = e.cause, depth += 1) {
    const code: unknown = (e as { code?: unknown }).code;
    if (typeof code === 'string' && /^[A-Z0-9_]{4,40}$/.test(code)) return code;
  }
  return '';
}

function kindOf(code: string, message: string): FaultKind {
  if (code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return 'unique';
  }
  if (code === '40P01' || code === '40001' || code === '55P03' || /^SQLITE_(BUSY|LOCKED)/.test(code))
    return 'busy';
  if (LOST.has(code) || /^(08|57P|57014|25P03|53)/.test(code) || /^SQLITE_(IOERR|CANTOPEN|FULL)/.test(code))
    return 'lost';
  if (code.startsWith('23') || code.startsWith('SQLITE_CONSTRAINT')) return 'constraint';
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
