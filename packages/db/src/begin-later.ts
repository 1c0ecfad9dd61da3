/** What is used here of a client of `pg`, in its promises alone. */
type Query = (...args: unknown[]) => unknown;

const BEGUN = { command: 'BEGIN', rowCount: null, rows: [] };

/**
 * `begin` waits for the first statement and goes with it where that only reads: one wait less for each transaction, and none for one
 * that asks nothing. Before a statement that writes it is answered first: should it be refused, what is written would stand by itself.
 *
 * @param query of a client that sends statements without waiting for the answers of others.
 */
export function beginLater(query: Query): Query {
  let waits = false;
  /** The answer that the statements of this transaction wait for, so that they keep their order. */
  let begun: Promise<unknown> | null = null;
  return (...args) => {
    const [text] = args;
    const ends = text === 'commit' || text === 'rollback';
    if (text === 'begin') {
      waits = true;
      return Promise.resolve(BEGUN);
    }
    if (waits) {
      waits = false;
      if (ends) return Promise.resolve(BEGUN);
      const answer = query('begin') as Promise<unknown>;
      if (typeof text === 'string' && text.startsWith('select ')) {
        const first = query(...args) as Promise<unknown>;
        // Where both fail the first says why; nobody waits for the second then.
        first.catch(() => undefined);
        return answer.then(() => first);
      }
      begun = answer;
    }
    if (begun === null) return query(...args);
    const sent = begun.then(() => query(...args));
    if (ends) begun = null;
    return sent;
  };
}
