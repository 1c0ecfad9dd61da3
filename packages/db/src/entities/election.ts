import { defineEntity, p } from '@mikro-orm/core';

/** An election since its opening. `manifest` is pinned; `closesAt` follows the definition until the close, each move audited. */
export const ElectionRow = defineEntity({
  name: 'ElectionRow',
  tableName: 'election',
  properties: {
    id: p.string().primary(),
    key: p.string().unique(),
    state: p.string(),
    withdrawn: p.integer(),
    manifest: p.text(),
    manifestHash: p.string(),
    opensAt: p.bigint('number'),
    closesAt: p.bigint('number'),
    closedAt: p.bigint('number').nullable(),
    seenCommit: p.string(),
    mac: p.string(),
    roll: p.text(),
  },
});

/** Eligibility by login, bound to the GitHub account that used it first. One login and one account meet once per election. */
export const RollBinding = defineEntity({
  name: 'RollBinding',
  tableName: 'roll_binding',
  properties: {
    election: p.string().primary(),
    login: p.string().primary(),
    user: p.string(),
    mac: p.string(),
  },
});

/** The stored outcome, sealed; officers read it through the server. */
export const ResultRow = defineEntity({
  name: 'ResultRow',
  tableName: 'result',
  properties: {
    election: p.string().primary(),
    root: p.string(),
    signature: p.string(),
    tieDecision: p.text().nullable(),
    publishedAt: p.bigint('number').nullable(),
    sealed: p.blob(),
  },
});
