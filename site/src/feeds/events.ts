/** What happens in elections, as moments: the one list that feeds and calendars are made of. */
import type { Instant } from '@elekto/election';
import type { PreparedElection } from '../data/prepared.ts';
import { href } from '../data/prepared.ts';
import { fill, textsOf } from '../texts/index.ts';
import type { Lang } from '../texts/index.ts';
import { inWords } from '../time.ts';

export interface ElectionEvent {
  /** Permanent within the site. */
  readonly id: string;
  readonly at: Instant;
  readonly title: string;
  readonly text: string;
  /** Path within the site. */
  readonly path: string;
  readonly kind: 'opens' | 'closes' | 'exceptions' | 'results';
}

/** All moments of an election, also those to come, in the order of time. */
export function eventsOf(election: PreparedElection, lang: Lang): ElectionEvent[] {
  const t = textsOf(lang).feeds;
  const path = href(lang, `/elections/${election.key}/`);
  const name = { election: election.name };
  const event = (kind: ElectionEvent['kind'], at: Instant, text: string, to = path): ElectionEvent => ({
    id: `elections/${election.key}#${kind}`,
    at,
    title: fill(t[kind], name),
    text,
    path: to,
    kind,
  });
  const list = [
    event('opens', election.opensAt, fill(t.opensText, { to: inWords(election.closesAt, lang) })),
    event(
      'closes',
      election.closesAt,
      fill(t.announcedText, { from: inWords(election.opensAt, lang), to: inWords(election.closesAt, lang) }),
    ),
  ];
  if (election.exceptionsDueAt !== election.opensAt) {
    list.push(event('exceptions', election.exceptionsDueAt, election.name, `${path}exception/`));
  }
  if (election.status === 'results')
    list.push(event('results', election.closesAt + 1000, t.resultsText, `${path}results/`));
  return list.sort((a, b) => a.at - b.at);
}
