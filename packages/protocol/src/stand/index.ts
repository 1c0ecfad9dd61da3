export * from './links-end.ts';
export * from './stand.ts';
