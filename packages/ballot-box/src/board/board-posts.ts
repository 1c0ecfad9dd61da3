import { insertUnlessThere, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Context } from '../context.ts';

/** Whether something was written, was there already, or is a second, different word in the same place. */
export type Kept = 'kept' | 'known' | 'second-word';

/** A slot of a board has one word, and room for a second one as evidence. */
const COPIES = [0, 1] as const;

/**
 * Keeps a body in a slot of a board. What is there never changes; a second, different one is kept beside it, a third is not
 * needed. The caller has checked that the body is signed by whom the slot belongs to, so that nobody else can fill it.
 */
export const keepPost = (
  ctx: Pick<Context, 'db'>,
  board: string,
  slot: string,
  body: string,
): Promise<Kept> =>
  ctx.db.transaction(async (em) => {
    for (const copy of COPIES) {
      if (await insertUnlessThere(em, 'board_post', { board, slot, copy, body }))
        return copy === 0 ? 'kept' : 'second-word';
      if ((await bodyIn(em, board, slot, copy)) === body) return copy === 0 ? 'known' : 'second-word';
    }
    return 'second-word';
  });

async function bodyIn(em: EntityManager, board: string, slot: string, copy: number): Promise<string | null> {
  const row = await tables(em)
    .selectFrom('board_post')
    .select('body')
    .where('board', '=', board)
    .where('slot', '=', slot)
    .where('copy', '=', copy)
    .executeTakeFirst();
  return row?.body ?? null;
}

/** Keeps a body in a slot that nobody has filled; false when it was filled before. */
export const fillSlot = (
  ctx: Pick<Context, 'db'>,
  board: string,
  slot: string,
  body: string,
): Promise<boolean> =>
  ctx.db.transaction((em) => insertUnlessThere(em, 'board_post', { board, slot, copy: 0, body }));

/** Everything on a board, in an order that tells nothing of when it came. */
export const bodiesOn = (
  ctx: Pick<Context, 'db'>,
  board: string,
): Promise<{ readonly slot: string; readonly body: string }[]> =>
  ctx.db.read((em) =>
    tables(em)
      .selectFrom('board_post')
      .select(['slot', 'body'])
      .where('board', '=', board)
      .orderBy('slot')
      .orderBy('copy')
      .execute(),
  );
