export { sealOnce, shareSecrets } from './hpke.ts';
export { deriveUnlock, openRecord, openSeed } from './open-ballot.ts';
export type { DerivedUnlock, VoterSeed } from './open-ballot.ts';
export { makePassphrase, normalisePassphrase, unknownWords } from './passphrase.ts';
export { PaperError, sealBallot } from './seal-ballot.ts';
export type { SealOptions, SealedBallot } from './seal-ballot.ts';
export { prepareStretch } from './stretch-away.ts';
export type { OnProgress } from './stretch-away.ts';
