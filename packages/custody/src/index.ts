export * from './group/index.ts';
