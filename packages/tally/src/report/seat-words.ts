import type { Outcome } from '../model.ts';
import { listOf, quantity } from '../words.ts';

/** The result in sentences: who is elected, which seats are open and why. */
export function seatSentences(outcome: Outcome): string[] {
  const { elected, openTies, available, decisions, skipped } = outcome.seats;
  const sentences: string[] = [];
  if (elected.length > 0)
    sentences.push(`${listOf(elected)} ${elected.length === 1 ? 'is' : 'are'} elected.`);
  for (const { candidates, seats } of openTies) {
    sentences.push(
      `${listOf(candidates)} are tied for ${quantity(seats, 'seat')}. The ballots do not decide it.`,
    );
  }
  if (elected.length === 0 && openTies.length === 0)
    sentences.push(`Nobody is elected; there are ${quantity(available, 'seat')}.`);
  for (const { candidates, winners, how } of decisions) {
    sentences.push(`${listOf(candidates)} were tied; ${listOf(winners)} by recorded decision: ${how}.`);
  }
  for (const { candidate, reason } of skipped) sentences.push(`${candidate} is passed over. ${reason}`);
  return sentences;
}

/** What became of a candidate, in a word or two. */
export function standing(outcome: Outcome, id: string): string {
  const { elected, openTies, skipped } = outcome.seats;
  if (elected.includes(id)) return 'elected';
  if (openTies.some(({ candidates }) => candidates.includes(id))) return 'tied for a seat';
  return skipped.some(({ candidate }) => candidate === id) ? 'passed over' : '';
}
