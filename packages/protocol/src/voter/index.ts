export { sealOnce, shareSecrets } from './hpke.ts';
export { deriveUnlock, openRecord, openSeed, signedRelease } from './open-ballot.ts';
export type { DerivedUnlock, VoterSeed } from './open-ballot.ts';
export { makePassphrase, normalisePassphrase, unknownWords } from './passphrase.ts';
export { PaperError } from './read-paper.ts';
export { sealBallot } from './seal-ballot.ts';
export type { SealOptions, SealedBallot } from './seal-ballot.ts';
export { prepareSealing } from './prepare-sealing.ts';
export type { OnProgress } from './stretch-away.ts';
