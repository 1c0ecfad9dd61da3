import type { Outcome, Round, RoundEvent } from '@elekto/tally';

import type { Lang } from '../languages.ts';
import { nameOf } from '../names.ts';
import type { Names } from '../names.ts';
import { say } from '../say.ts';
import { votesIn } from './votes.ts';

/** What happened in a round. */
export function roundSentences({ events }: Round, names: Names, lang: Lang): string {
  return events.map((event) => eventSentence(event, names, lang)).join(' ');
}

/** One of the things that happened in a round. */
export function eventSentence(event: RoundEvent, names: Names, lang: Lang): string {
  const named = 'candidates' in event ? event.candidates.map((id) => nameOf(names, id)) : [];
  const votes = 'votes' in event && event.votes !== null ? votesIn(event.votes, lang) : null;
  const code = event.code === 'excluded' && votes === null ? 'excluded-fewest' : event.code;
  return say(lang, 'outcome', code, { n: named.length, names: named, votes: votes ?? '' });
}

/** The rounds as a table: a row a candidate by place, a column a round, then votes that rank nobody left. */
export function roundTable({ rounds, places }: Outcome, names: Names, lang: Lang): string[][] {
  const shown = (votes: string): string => votesIn(votes, lang);
  return [
    ['', ...rounds.map(({ round }) => String(round))],
    ...places
      .flatMap(({ candidates }) => candidates)
      .map((id) => [
        nameOf(names, id),
        ...rounds.map(({ votes }) => (Object.hasOwn(votes, id) ? shown(votes[id] as string) : '')),
      ]),
    [say(lang, 'report', 'exhausted'), ...rounds.map(({ exhausted }) => shown(exhausted))],
  ];
}
