export { rollDifference, rollMoves } from './difference.ts';
export { rollExplanation } from './explanation.ts';
export { rollSummary, type BuiltRoll } from './summary.ts';
