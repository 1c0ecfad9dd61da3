import type { EntityManager } from '@mikro-orm/sql';
import type { DatabaseConnection } from 'kysely';
import { dialectOf } from './dialect.ts';
import { allEnded, onConnection } from './in-one-go.ts';

/** What went ahead of the commit of a transaction and is not answered yet, by its entity manager. */
const sent = new WeakMap<EntityManager, Promise<unknown>[]>();

/**
 * The last step of a transaction, whose answer decides nothing but whether it commits. PostgreSQL gets it and the commit in one go: one
 * wait less while locks are held. Where the step fails there, so does the transaction, for the same reason: PostgreSQL makes a commit
 * after a failed statement a rollback, and `Database.transaction` asks for the answer of both. The other databases are asked as ever.
 *
 * @param step asks one statement of `prepared`, at once. What it is given must stay as it is until the transaction has ended.
 */
export async function withCommit(em: EntityManager, step: () => Promise<unknown>): Promise<void> {
  if (dialectOf(em) !== 'postgresql' || !em.isInTransaction()) return void (await step());
  const { promise: isSent, resolve } = Promise.withResolvers<void>();
  const answer = onConnection(em, (connection) => telling(connection, resolve), step);
  sent.set(em, [...(sent.get(em) ?? []), answer]);
  // What fails before it is sent must not be committed without; and a step may ask nothing.
  await Promise.race([isSent, answer]);
}

/** Waits for all that went ahead of the commit; rejects with the reason of the first that failed. */
export const answeredWithCommit = (em: EntityManager): Promise<unknown> => allEnded(sent.get(em) ?? []);

/** Tells when a statement was given to the connection, which keeps their order. */
const telling = (connection: DatabaseConnection, told: () => void): DatabaseConnection => ({
  executeQuery: (query, options) => {
    const answer = connection.executeQuery<never>(query, options);
    told();
    return answer;
  },
  streamQuery: (query, chunkSize, options) => connection.streamQuery(query, chunkSize, options),
});
