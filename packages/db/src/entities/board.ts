import { defineEntity, p } from '@mikro-orm/core';

/**
 * A signed message of an officer in a key ceremony, or a proof that they hold their share, as it came. `copy` 1 is a
 * second, different one for the same slot: evidence against who signed both. Nothing is ever changed or removed here, and
 * nothing has to be authenticated: everything in a body is signed by whom it names.
 */
export const BoardPost = defineEntity({
  name: 'BoardPost',
  tableName: 'board_post',
  properties: {
    board: p.string().primary(),
    slot: p.string().primary(),
    copy: p.integer().primary(),
    body: p.text(),
  },
});

/**
 * A file of the board on which officers hold a count, under the name that it has everywhere; `board` is the manifest's hash.
 * `mac` covers `about`: that this server checked the file, with its hash, who wrote it and what it follows on. Of one place
 * there is one file; nothing says when it came.
 */
export const BoardFileRow = defineEntity({
  name: 'BoardFileRow',
  tableName: 'board_file',
  properties: {
    board: p.string().primary(),
    name: p.string().primary(),
    about: p.text(),
    mac: p.string(),
    file: p.blob(),
  },
});
