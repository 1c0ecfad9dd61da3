export * from './bytes.ts';
export * from './canonical.ts';
export * from './kdf.ts';
export * from './merkle.ts';
export * from './ranking.ts';
export * from './record.ts';
export * from './results.ts';
export * from './verify-results.ts';
