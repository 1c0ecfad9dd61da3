export { type Alive, proveAlive } from './alive.ts';
export { type BoardServer, boardServer, type Call } from './board-server.ts';
export { decideTie, openDecision, type TieDecision, wordsOf } from './decide-tie.ts';
export { type CountStanding, type Desk, type Made, type Material, openDesk } from './desk.ts';
export { createPace, type Effort } from './effort.ts';
export { type CountLook, holdCount, lookAtCount, type Visit } from './hold-count.ts';
export { OfficerMemory, type Repository } from './memory.ts';
export { type Access, type Found, lookAtRepository } from './repository.ts';
export { voidRun } from './void-run.ts';
