import { defineEntity, p } from '@mikro-orm/core';

/** That a person takes part. No time, no serial number, fixed sizes. */
export const ParticipationRow = defineEntity({
  name: 'ParticipationRow',
  tableName: 'participation',
  properties: {
    election: p.string().primary(),
    user: p.string().primary(),
    kdf: p.integer(),
    salt: p.blob(),
    authTag: p.blob(),
    sealedSeed: p.blob(),
    mac: p.string(),
  },
});

/** That a person had taken part before voting was started anew; `run` is that of the voided box. `mac` covers all of it. */
export const VoidedParticipation = defineEntity({
  name: 'VoidedParticipation',
  tableName: 'voided_participation',
  properties: {
    election: p.string().primary(),
    run: p.string().primary(),
    user: p.string().primary(),
    mac: p.string(),
  },
});

/** One shard of an election's ballots, encrypted and replaced as a whole at every write. */
export const BallotBoxRow = defineEntity({
  name: 'BallotBoxRow',
  tableName: 'ballot_box',
  properties: {
    election: p.string().primary(),
    shard: p.integer().primary(),
    version: p.integer(),
    sealed: p.blob(),
    participants: p.blob().nullable(),
  },
});

/** What a voter signed as their ballot left the box; only its receipt names it and opens it. */
export const ReleasedRecord = defineEntity({
  name: 'ReleasedRecord',
  tableName: 'released_record',
  properties: {
    election: p.string().primary(),
    id: p.string().primary(),
    sealed: p.blob(),
  },
});

/** Wrong passphrases in one window of time. Only failures are written; a success writes nothing. */
export const UnlockFailure = defineEntity({
  name: 'UnlockFailure',
  tableName: 'unlock_failure',
  properties: {
    election: p.string().primary(),
    user: p.string().primary(),
    windowNo: p.integer(),
    failures: p.integer(),
  },
});

/** A signed, chained note of how far the box had come; `at` is coarse and `castCount` a multiple of at least three. */
export const CheckpointRow = defineEntity({
  name: 'CheckpointRow',
  tableName: 'checkpoint',
  properties: {
    election: p.string().primary(),
    seq: p.integer().primary(),
    at: p.bigint('number'),
    castCount: p.integer(),
    versions: p.text(),
    root: p.string(),
    prevHash: p.string(),
    hash: p.string(),
    signature: p.string(),
  },
});
