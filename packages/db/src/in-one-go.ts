import type { EntityManager } from '@mikro-orm/sql';
import type { DatabaseConnection } from 'kysely';
import { dialectOf } from './dialect.ts';
import { tables } from './tables.ts';

/** Of an entity manager whose statements are sent without waiting for each other. */
const connections = new WeakMap<EntityManager, DatabaseConnection>();

/** Where `prepared` sends a statement, instead of waiting for the one before. */
export const connectionOf = (em: EntityManager): DatabaseConnection | undefined => connections.get(em);

/**
 * Several steps that are done one after the other and need nothing of each other's answers. PostgreSQL gets them in one go and answers
 * them in their order, so that there is one wait instead of as many as steps. Within a transaction it does nothing more after one that
 * failed; the other databases, which may do more, are asked step by step.
 *
 * @param steps ask with statements of `prepared` alone, the first of each at once. In a transaction, or where each stands for itself.
 * @throws what the first step that failed threw, once all have ended.
 */
export async function inOneGo<Answers extends readonly unknown[]>(
  em: EntityManager,
  steps: { readonly [At in keyof Answers]: () => Promise<Answers[At]> },
): Promise<Answers> {
  const all = steps as readonly (() => Promise<unknown>)[];
  if (dialectOf(em) !== 'postgresql') {
    const answers: unknown[] = [];
    for (const step of all) answers.push(await step());
    return answers as unknown as Answers;
  }
  return onConnection(
    em,
    (connection) => connection,
    async () => (await allEnded(all.map((step) => step()))) as unknown as Answers,
  );
}

/** Does `work`, whose statements of `prepared` go to the connection of `em`, or what is made of it, without waiting for each other. */
export const onConnection = <T>(
  em: EntityManager,
  made: (connection: DatabaseConnection) => DatabaseConnection,
  work: () => Promise<T>,
): Promise<T> =>
  tables(em)
    .getExecutor()
    .provideConnection(async (connection) => {
      connections.set(em, made(connection));
      try {
        return await work();
      } finally {
        connections.delete(em);
      }
    });

/** As `Promise.all`, once none of them asks anything more; rejects with the reason of the first in their order. */
export async function allEnded(going: readonly Promise<unknown>[]): Promise<unknown[]> {
  await Promise.allSettled(going);
  const answers = [];
  for (const one of going) answers.push(await one);
  return answers;
}
