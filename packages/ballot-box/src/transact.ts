import { DatabaseFault } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { BoxDamaged } from './box-damaged.ts';
import type { Context } from './context.ts';
import type { Fact } from './keys/witness.ts';
import { refuse } from './result.ts';
import type { Result } from '@elekto/protocol/refusal';

const ATTEMPTS = 8;

/** What a transaction under way will have made true, and what it will announce, by its entity manager. */
const underWay = new WeakMap<EntityManager, { readonly facts: Fact[]; readonly announced: Fact[] }>();

function factsOf(em: EntityManager) {
  const found = underWay.get(em);
  if (found === undefined) throw new Error('facts come from transactions run by transact');
  return found;
}

/** Notes a fact outside the database once the transaction of `em` is committed; never when it is rolled back. */
export const onceCommitted = (em: EntityManager, fact: Fact): void => void factsOf(em).facts.push(fact);

/**
 * Notes a fact outside the database when everything is done and only the commit is left: for what must be known
 * before it. A transaction that ends in a refusal or an error announces nothing.
 */
export const beforeCommit = (em: EntityManager, fact: Fact): void => void factsOf(em).announced.push(fact);

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
      const result = await ctx.db.transaction(async (em) => {
        const announced: Fact[] = [];
        underWay.set(em, { facts: (facts = []), announced });
        const done = await work(em);
        if (keep(done) && announced.length > 0) ctx.keys.witness.note(announced, true);
        return done;
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
export const look = <T>(
  ctx: Pick<Context, 'db'>,
  work: (em: EntityManager) => Promise<Result<T>>,
): Promise<Result<T>> => refuseDamage(() => ctx.db.read(work));

/** Damage that is found on the way is a refusal. */
export async function refuseDamage<T>(work: () => Result<T> | Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BoxDamaged) return damaged(error);
    throw error;
  }
}

const damaged = ({ message }: BoxDamaged): Result<never> => refuse('ballot-box-damaged', undefined, message);
