import { defineEntity, p } from '@mikro-orm/core';

/** Something small that the servers of an installation keep for each other. `version` rises with each change, `mac` covers the rest. */
export const NoteRow = defineEntity({
  name: 'NoteRow',
  tableName: 'note',
  properties: {
    name: p.string().primary(),
    body: p.text(),
    version: p.integer(),
    mac: p.string(),
  },
});
