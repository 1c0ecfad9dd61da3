import { defineEntity, p } from '@mikro-orm/core';

/** A person who has signed in. `account`, at the provider, is the identity; `login` is only a name. Never holds a token. */
export const User = defineEntity({
  name: 'User',
  tableName: 'user_account',
  properties: {
    id: p.string().primary(),
    account: p.string().unique(),
    login: p.string(),
    mac: p.string(),
  },
});

/**
 * A sign-in, known by the keyed hash of its token. `expiresAt` (ms) is rounded up to a whole day so that it tells no
 * hour; `mac` covers the other columns.
 */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    idHash: p.string().primary(),
    userId: p.string(),
    expiresAt: p.bigint('number'),
    mac: p.string(),
  },
});

/** The one row that says which keys belong to this database: the fingerprint of their master key. */
export const Installation = defineEntity({
  name: 'Installation',
  tableName: 'installation',
  properties: {
    id: p.integer().primary(),
    fingerprint: p.string(),
  },
});
