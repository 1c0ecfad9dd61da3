export { accept, refuse, type Refusal, type RefusalCode, type Result, type Where } from '../refusal.ts';
export * from './check.ts';
export * from './open.ts';
export { closeGaps, type Content } from './payload.ts';
export * from './record.ts';
export * from './release.ts';
export * from './rules.ts';
export { sealBallot, type SealedBallot } from './seal.ts';
