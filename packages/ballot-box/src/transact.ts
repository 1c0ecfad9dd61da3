import { DatabaseFault } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { BoxDamaged } from './box-damaged.ts';
import type { Context } from './context.ts';
import { refuse } from './result.ts';
import type { Result } from '@elekto/protocol/refusal';

const ATTEMPTS = 8;

/**
 * A transaction that is rolled back when it ends in a refusal, so that a refusal never leaves a trace,
 * unless `keep` says otherwise. One that collides on a unique number (the audit trail's) is run again.
 */
export async function transact<T>(
  ctx: Pick<Context, 'db'>,
  work: (em: EntityManager) => Promise<Result<T>>,
  keep: (result: Result<T>) => boolean = (result) => result.ok,
): Promise<Result<T>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ctx.db.transaction(work, keep);
    } catch (error) {
      if (error instanceof BoxDamaged) return refuse('ballot-box-damaged');
      const collided = error instanceof DatabaseFault && error.kind === 'unique';
      if (!collided || attempt >= ATTEMPTS) throw error;
    }
  }
}

/** Reads without a transaction; a row that was tampered with is a refusal. */
export async function look<T>(
  ctx: Pick<Context, 'db'>,
  work: (em: EntityManager) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await ctx.db.read(work);
  } catch (error) {
    if (error instanceof BoxDamaged) return refuse('ballot-box-damaged');
    throw error;
  }
}
