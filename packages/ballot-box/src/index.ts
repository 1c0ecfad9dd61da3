export { createBallotBox } from './ballot-box.ts';
export type { BallotBox, BallotBoxOptions } from './ballot-box.ts';
export { openKeys } from './keys/key-store.ts';
export type { KeyStore } from './keys/key-store.ts';
export { KeysError } from './keys/keys-error.ts';
export * from './model.ts';
export type { FinishedElection, ImportedException } from './offices/import-finished.ts';
export type { KdfParameters } from './wire/kdf.ts';
export type { ResultsFile } from './wire/results.ts';
