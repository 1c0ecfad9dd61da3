export { createBallotBox } from './ballot-box.ts';
export type { BallotBox, BallotBoxOptions } from './ballot-box.ts';
export { openKeys } from './keys/key-store.ts';
export type { KeyStore } from './keys/key-store.ts';
export { KeysError } from './keys/keys-error.ts';
export * from './model.ts';
export type { FinishedElection, ImportedException } from './offices/import-finished.ts';
export { MOST_REHEARSED, holdRehearsal } from './rehearsal/hold-rehearsal.ts';
export type { Rehearsal, RehearsalRefusal } from './rehearsal/hold-rehearsal.ts';
