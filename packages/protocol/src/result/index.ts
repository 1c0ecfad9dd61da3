export * from './counted.ts';
export * from './results.ts';
export * from './verify-results.ts';
