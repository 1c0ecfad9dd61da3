import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/sql';
import type { CompiledQuery, QueryResult } from 'kysely';
import { dialectOf, type Dialect } from './dialect.ts';
import { connectionOf } from './in-one-go.ts';
import { tables } from './tables.ts';

/** Stands for a value while the text of a statement is made. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Of the texts made here, a name each; of no more, and no longer ones, than a connection should keep. */
const names = new Map<string, string>();
const MOST_NAMES = 256;
const LONGEST = 4096;

function nameIt(text: string): void {
  if (names.size >= MOST_NAMES || text.length > LONGEST) return;
  names.set(text, `elekto ${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`);
}

/**
 * A client's `query` of `pg`, by which PostgreSQL reads and plans a statement of `prepared` once for each connection and not each time.
 * By a hash of the text, so that one name is never two statements, whichever process a pooler gives the connection to.
 */
export const planOnce =
  (query: (...args: unknown[]) => unknown) =>
  (...args: unknown[]): unknown => {
    const [text, values] = args;
    const name = typeof text === 'string' ? names.get(text) : undefined;
    return name === undefined ? query(...args) : query({ name, text, values });
  };

/**
 * A statement whose text is made once for each kind of database, for what every cast asks: to build and write it anew takes
 * longer than to run it on SQLite. Values are bound, as always.
 *
 * @param build gets stand-ins for the values: it places them and never looks at them, so its text does not depend on them.
 */
export function prepared<Values extends object, Row>(
  build: (em: EntityManager, values: Values) => CompiledQuery<Row>,
): (em: EntityManager, values: Values) => Promise<QueryResult<Row>> {
  const made = new Map<Dialect, CompiledQuery<Row>>();
  const slots = new Proxy({}, { get: (_, name) => new Slot(String(name)) }) as Values;
  return async (em, values) => {
    const dialect = dialectOf(em);
    let known = made.get(dialect);
    if (known === undefined) {
      made.set(dialect, (known = build(em, slots)));
      nameIt(known.sql);
    }
    const parameters = known.parameters.map((parameter) =>
      parameter instanceof Slot ? (values as Readonly<Record<string, unknown>>)[parameter.name] : parameter,
    );
    return (connectionOf(em) ?? tables(em)).executeQuery<Row>({ ...known, parameters });
  };
}
