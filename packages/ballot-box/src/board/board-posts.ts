import { insertUnlessThere, putRow, tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Context } from '../context.ts';

/** Whether something was written, was there already, or is a second, different word in the same place. */
export type Kept = 'kept' | 'known' | 'second-word';

/** A slot of a board has one word, and room for a second one as evidence. */
const COPIES = [0, 1] as const;

/**
 * Keeps a body in a slot of a board. What is there never changes; a second, different one is kept beside it, a third is not
 * needed. The caller has checked that the body is signed by whom the slot belongs to, so that nobody else can fill it; what
 * somebody else wrote there with the database's own means (`isWord` says no) is nobody's word and makes room.
 */
export const keepPost = (
  ctx: Pick<Context, 'db'>,
  board: string,
  slot: string,
  body: string,
  isWord: (body: string) => boolean,
): Promise<Kept> =>
  ctx.db.transaction(async (em) => {
    for (const copy of COPIES) {
      if (await insertUnlessThere(em, 'board_post', { board, slot, copy, body }))
        return copy === 0 ? 'kept' : 'second-word';
      const there = await bodyIn(em, board, slot, copy);
      if (there === body) return copy === 0 ? 'known' : 'second-word';
      if (there !== null && !isWord(there)) {
        await putBody(em, board, slot, copy, body);
        return copy === 0 ? 'kept' : 'second-word';
      }
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

/** Keeps the newest body of a slot in which any that its officer could say is as good as another. */
export const fillSlot = (
  ctx: Pick<Context, 'db'>,
  board: string,
  slot: string,
  body: string,
): Promise<void> => ctx.db.transaction((em) => putBody(em, board, slot, 0, body));

const putBody = (em: EntityManager, board: string, slot: string, copy: number, body: string): Promise<void> =>
  putRow(em, 'board_post', ['board', 'slot', 'copy'], { board, slot, copy, body });

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
