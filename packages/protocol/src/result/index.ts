export * from './counted.ts';
export * from './outcome-data.ts';
export * from './results.ts';
export * from './verify-results.ts';
