import type { EntityManager } from '@mikro-orm/sql';
import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** So many at most become one, and none is added to those that have worked for so many ms: who waits to read waits for all. */
const MOST = 32;
const LONGEST = 10;

type Work<T> = (em: EntityManager) => Promise<T>;

/** As `Database.transaction`, without a second try. */
export type RunTransaction = <T>(work: Work<T>, keep: (value: T) => boolean) => Promise<T>;

/** Begins a transaction, waits for `work` and commits; rolls back and rejects when `work` does, or the commit fails. */
type Begin = (work: (transaction: Transaction<Tables>) => Promise<void>) => Promise<void>;

interface Waiting {
  /** Does its work, and says whether it is kept and what to answer when that is certain; never rejects. */
  readonly run: (transaction: Transaction<Tables>) => Promise<Outcome>;
  readonly reject: (error: unknown) => void;
}

interface Outcome {
  readonly isKept: boolean;
  readonly error?: unknown;
  readonly answer: () => void;
}

/**
 * For a database of one connection, where transactions wait for each other in any case: those that wait at the same moment
 * become one, with one commit and so one wait for the disk (group commit; DeWitt et al., "Implementation techniques for main
 * memory database systems", SIGMOD 1984). Each works behind a savepoint, so that one that fails or is not kept leaves the
 * others as they are; in the order of their coming, as if each were alone.
 * Nobody is answered before the commit, for what they saw of each other holds from then on only. When it fails, all have failed.
 */
export function shareCommits(begin: Begin, fork: () => EntityManager): RunTransaction {
  const waiting: Waiting[] = [];
  let isGoing = false;

  async function runGroup(): Promise<void> {
    const taken: Waiting[] = [];
    const answers: (() => void)[] = [];
    try {
      await begin(async (transaction) => {
        const until = performance.now() + LONGEST;
        do {
          const next = waiting.shift();
          if (next === undefined) return;
          taken.push(next);
          answers.push(await runBehindSavepoint(transaction, next));
        } while (taken.length < MOST && performance.now() < until);
      });
    } catch (error) {
      // Where not even a beginning was made it is the same for all who wait.
      for (const { reject } of taken.length > 0 ? taken : waiting.splice(0)) reject(error);
      return;
    }
    for (const answer of answers) answer();
  }

  async function goOn(): Promise<void> {
    isGoing = true;
    while (waiting.length > 0) await runGroup();
    isGoing = false;
  }

  return (work, keep) =>
    new Promise((resolve, reject) => {
      waiting.push({
        reject,
        run: async (transaction) => {
          const em = fork();
          em.setTransactionContext(transaction);
          try {
            const value = await work(em);
            return { isKept: keep(value), answer: () => resolve(value) };
          } catch (error) {
            return { isKept: false, error, answer: () => reject(error) };
          } finally {
            em.resetTransactionContext();
          }
        },
      });
      if (!isGoing) void goOn();
    });
}

async function runBehindSavepoint(
  transaction: Transaction<Tables>,
  { run }: Waiting,
): Promise<Outcome['answer']> {
  await sql`savepoint one`.execute(transaction);
  const { isKept, error, answer } = await run(transaction);
  if (!isKept) {
    try {
      await sql`rollback to one`.execute(transaction);
    } catch (lost) {
      // SQLite gives a whole transaction up by itself when the disk is full or broken: that is the reason for all in it.
      throw error ?? lost;
    }
  }
  await sql`release one`.execute(transaction);
  return answer;
}
