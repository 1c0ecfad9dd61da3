/**
 * Where an election stands on the server that holds it. `waiting`: its start has passed and it cannot open, see the reason.
 * `closed`: its end has passed and it is not counted. `held-elsewhere`: it has ended and no ballot was ever taken here.
 * `damaged`: its row was changed by somebody else than the server.
 */
export const STAGES = [
  'upcoming',
  'waiting',
  'open',
  'closed',
  'counted',
  'published',
  'held-elsewhere',
  'damaged',
] as const;
export type Stage = (typeof STAGES)[number];
