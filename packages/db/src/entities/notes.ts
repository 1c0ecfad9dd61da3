import { defineEntity, p } from '@mikro-orm/core';

/** Something small that the servers of an installation keep for each other. `mac` covers name and body. */
export const NoteRow = defineEntity({
  name: 'NoteRow',
  tableName: 'note',
  properties: {
    name: p.string().primary(),
    body: p.text(),
    mac: p.string(),
  },
});
