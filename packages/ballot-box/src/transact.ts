import { DatabaseFault } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { BoxDamaged } from './box-damaged.ts';
import type { Context } from './context.ts';
import type { Fact } from './keys/witness.ts';
import { refuse } from './result.ts';
import type { Result } from '@elekto/protocol/refusal';

const ATTEMPTS = 8;

/** What a transaction under way will have made true, by its entity manager. */
const underWay = new WeakMap<EntityManager, Fact[]>();

/** Notes a fact outside the database once the transaction of `em` is committed; never when it is rolled back. */
export function onceCommitted(em: EntityManager, fact: Fact): void {
  const facts = underWay.get(em);
  if (facts === undefined) throw new Error('facts come from transactions run by transact');
  facts.push(fact);
}

/**
 * A transaction that is rolled back when it ends in a refusal, so that a refusal never leaves a trace,
 * unless `keep` says otherwise. One that collides on a unique number (the audit trail's) is run again.
 * The answer is given when what was committed is also known outside the database; where that fails after
 * the commit it rejects, and the same call again finds the work done.
 */
export async function transact<T>(
  ctx: Pick<Context, 'db' | 'keys'>,
  work: (em: EntityManager) => Promise<Result<T>>,
  keep: (result: Result<T>) => boolean = (result) => result.ok,
): Promise<Result<T>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      let facts: Fact[] = [];
      const result = await ctx.db.transaction((em) => {
        underWay.set(em, (facts = []));
        return work(em);
      }, keep);
      if (keep(result)) ctx.keys.witness.note(facts, facts.some(isRare));
      return result;
    } catch (error) {
      if (error instanceof BoxDamaged) return damaged(error);
      const collided = error instanceof DatabaseFault && error.kind === 'unique';
      if (!collided || attempt >= ATTEMPTS) throw error;
    }
  }
}

/** Everything but a shard, which changes with each ballot: on disk before the answer is given. */
const isRare = ({ item }: Fact): boolean => !item.startsWith('shard ');

/** Reads without a transaction; a row that was tampered with is a refusal. */
export async function look<T>(
  ctx: Pick<Context, 'db'>,
  work: (em: EntityManager) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await ctx.db.read(work);
  } catch (error) {
    if (error instanceof BoxDamaged) return damaged(error);
    throw error;
  }
}

const damaged = ({ message }: BoxDamaged): Result<never> => refuse('ballot-box-damaged', undefined, message);
