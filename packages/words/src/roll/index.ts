export { rollDifference, rollMoves } from './difference.ts';
export { rollExplanation } from './explanation.ts';
export { rollSummary } from './summary.ts';
