export * from './officers-rules.ts';
export * from './paper.ts';
export * from './ranking.ts';
export * from './record-length.ts';
export * from './record.ts';
