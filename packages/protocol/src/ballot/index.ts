export * from './paper.ts';
export * from './ranking.ts';
export * from './record.ts';
