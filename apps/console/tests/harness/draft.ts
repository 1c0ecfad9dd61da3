/** A results.md in the words of the server's own draft. */
import type { CandidateCard, ElectionResult } from '../../src/renderer/backend/model.ts';

/** Title, winners, who was passed over, ranking and turnout, with `Name (id)` for everybody. */
export function draftOf(name: string, candidates: readonly CandidateCard[], result: ElectionResult): string {
  const names = new Map(candidates.map((card) => [card.id, card.name]));
  const named = (id: string): string => `${names.get(id) ?? id} (${id})`;
  const list = new Intl.ListFormat('en', { type: 'conjunction' });
  const { outcome, cast, eligible } = result;
  const { elected, skipped } = outcome.seats;
  const winners =
    elected.length === 0
      ? 'Nobody is elected.'
      : `**${list.format(elected.map(named))} ${elected.length === 1 ? 'is' : 'are'} elected.**`;
  return [
    `# ${name}: results`,
    '',
    winners,
    '',
    ...skipped.flatMap(({ candidate, reason }) => [`${named(candidate)} was passed over. ${reason}`, '']),
    '## Ranking',
    '',
    ...outcome.places.map(({ place, candidates: tied }) => {
      return `${place}. ${tied.map(named).join(', ')}${tied.length > 1 ? ' (tied)' : ''}`;
    }),
    '',
    '## Turnout',
    '',
    `${cast} of ${eligible} eligible voters cast a ballot (${((100 * cast) / eligible).toFixed(1)} %).`,
    '',
  ].join('\n');
}
