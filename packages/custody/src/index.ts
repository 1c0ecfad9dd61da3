export * from './ballot/index.ts';
export { checkBallots } from './ballot/check-many.ts';
export type { ReadBallot } from './ballot/read.ts';
export * from './ceremony/index.ts';
export * from './board/index.ts';
