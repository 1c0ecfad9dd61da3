import { defineEntity, p } from '@mikro-orm/core';

/**
 * An election since its opening, in one row that decides everything: until the first ballot (`pinned`) the
 * manifest follows the files, until the close start, end and roll do. `mac` covers every other column.
 */
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
    pinned: p.integer(),
    fetchedFrom: p.bigint('number'),
    fileClosesAt: p.bigint('number').nullable(),
    shards: p.integer(),
    formerRoll: p.text(),
    rollHash: p.string(),
    origin: p.string(),
    struck: p.text(),
    restartAsked: p.text().nullable(),
    voided: p.text(),
    version: p.integer(),
    resultSignature: p.text().nullable(),
    publishedAt: p.bigint('number').nullable(),
  },
});

/** Eligibility by login, bound to the account that used it first. One login and one account meet once per election.
 * `withdrawals`: how often they took their ballot back, sealed; null in rows of before. */
export const RollBinding = defineEntity({
  name: 'RollBinding',
  tableName: 'roll_binding',
  properties: {
    election: p.string().primary(),
    login: p.string().primary(),
    user: p.string(),
    mac: p.string(),
    withdrawals: p.blob().nullable(),
  },
});

/**
 * The counted ballots and the results.json that was signed last, each sealed; officers read them through the server.
 * `tieDecision` is of counts from before files were stored, whose `file` is null.
 */
export const ResultRow = defineEntity({
  name: 'ResultRow',
  tableName: 'result',
  properties: {
    election: p.string().primary(),
    tieDecision: p.text().nullable(),
    sealed: p.blob(),
    file: p.blob().nullable(),
  },
});
