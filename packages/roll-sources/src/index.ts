export { PageCache } from './cache/page-cache.ts';
export type { Account, Forge, Found } from './forge.ts';
export { forgeFor } from './forge-for.ts';
export { gather, type Gathered, type GatherOptions, type Progress } from './gather/gather.ts';
export { Clone } from './git/clone.ts';
export { RollSourceError } from './problem.ts';
