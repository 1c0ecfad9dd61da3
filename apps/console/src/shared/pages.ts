/** The pages of an election, in their order, by the names that addresses and menus give them. */
export const PAGES = [
  'overview',
  'rehearsal',
  'exceptions',
  'roll',
  'turnout',
  'result',
  'publish',
  'announce',
  'record',
] as const;
