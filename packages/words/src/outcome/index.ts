export { houseRuleSentences, termIn } from './house-rules.ts';
export { lastSeat, type LastSeat } from './last-seat.ts';
export { directSentence, pairSentence } from './pairs.ts';
export { roundSentences, roundTable } from './rounds.ts';
export {
  backgroundSentence,
  decisionSentence,
  headline,
  keptSentences,
  openTieSentences,
  passedOverSentence,
  seatSentences,
  standing,
  termSentences,
  tieSentence,
  type Seated,
} from './seats.ts';
export { stepSentence } from './steps.ts';
export { votesIn } from './votes.ts';
export { warningSentences } from './warnings.ts';
