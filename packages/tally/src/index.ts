export { BallotTable } from './ballots/ballot-table.ts';
export { formatBallotsCsv, parseBallotsCsv, parseCivsCsv } from './ballots/csv.ts';
export { BallotsCsvReader } from './ballots/csv-reader.ts';
export { count, Counter } from './count.ts';
export { METHODS } from './methods/registry.ts';
export { BallotsFormatError, CountError } from './model.ts';
export type * from './model.ts';
export { toJson } from './report/json.ts';
export { ORDERS, STRENGTHS, UNRANKED } from './switches.ts';
