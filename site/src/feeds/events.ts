/** What happens in elections, as moments: the one list that feeds and calendars are made of. */
import type { Instant } from '@elekto/election';
import type { PreparedElection } from '../data/prepared.ts';
import { electedIn } from '@elekto/protocol/published';
import { say } from '@elekto/words';
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

/**
 * The publication of a result. Dated by the count, which alone is known to the second; a result that is decided on
 * further, or comes to be disputed, is an entry of its own, so that no reader keeps the old one in silence.
 */
function resultEvent(election: PreparedElection, event: MakeEvent, lang: Lang, path: string): ElectionEvent {
  const t = textsOf(lang).feeds;
  const { published } = election;
  const at = (election.closedAt ?? election.closesAt) + 1000;
  const elected = electedIn(published);
  const made = event('results', at, t.resultsText, `${path}results/`);
  if (published.state === 'disputed' || published.state === 'superseded')
    return { ...made, id: `${made.id}-${published.state}`, text: t.resultsWrong };
  if (elected === null) return made;
  const names = new Map(election.candidates.map(({ id, name }) => [id, name]));
  const decisions = published.state === 'signed' ? published.outcome.seats.decisions.length : 0;
  const who = elected.map((id) => names.get(id) ?? id);
  return {
    ...made,
    id: decisions === 0 ? made.id : `${made.id}-${decisions}`,
    text: say(lang, 'outcome', elected.length === 0 ? 'nobody-elected' : 'elected', {
      n: elected.length,
      names: who,
    }),
  };
}

type MakeEvent = (kind: ElectionEvent['kind'], at: Instant, text: string, to?: string) => ElectionEvent;

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
  if (election.status === 'results') list.push(resultEvent(election, event, lang, path));
  return list.sort((a, b) => a.at - b.at);
}
