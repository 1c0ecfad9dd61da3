export { PageCache } from './cache/page-cache.ts';
export type { Account, Forge, Found } from './forge.ts';
export { forgeFor } from './forge-for.ts';
export { gather } from './gather/gather.ts';
export type { Gathered, GatherOptions, Progress } from './gather/options.ts';
export { Clone } from './git/clone.ts';
export { RollSourceError } from './problem.ts';
export { readRoll, rollNews, timeLeft, type ReadRoll } from './read-roll.ts';
export {
  EVIDENCE,
  readRollOnDisk,
  rollInFolder,
  VOTERS,
  writeRoll,
  type RollOnDisk,
} from './roll-on-disk.ts';
