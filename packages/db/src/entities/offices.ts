import { defineEntity, p } from '@mikro-orm/core';

/** A voter's plea to be put on the roll. `version` rises with each step; `mac` covers every other column. */
export const ExceptionRow = defineEntity({
  name: 'ExceptionRow',
  tableName: 'exception_request',
  properties: {
    id: p.string().primary(),
    electionKey: p.string(),
    user: p.string(),
    login: p.string(),
    name: p.text(),
    email: p.text(),
    reason: p.text(),
    status: p.string(),
    version: p.integer(),
    requestedAt: p.bigint('number'),
    history: p.text(),
    mac: p.string(),
  },
});

/** Whose account an office is that the files give to a login. `version` rises when it is taken anew. */
export const OfficeRow = defineEntity({
  name: 'OfficeRow',
  tableName: 'office',
  properties: {
    electionKey: p.string().primary(),
    login: p.string().primary(),
    account: p.string(),
    version: p.integer(),
    mac: p.string(),
  },
});

/** What officers and the sync did, hash-chained over all elections. Never a voter's action. */
export const AuditRow = defineEntity({
  name: 'AuditRow',
  tableName: 'audit_event',
  properties: {
    seq: p.integer().primary(),
    electionKey: p.string(),
    at: p.bigint('number'),
    actor: p.string(),
    action: p.string(),
    detail: p.text(),
    prevHash: p.string(),
    hash: p.string(),
  },
});
