/** What happens in elections, as moments: the one list that feeds and calendars are made of. */
import type { Instant } from '@elekto/election';
import type { PreparedElection } from '../data/prepared.ts';
import { electedIn } from '@elekto/protocol/published';
import { nameOf, say } from '@elekto/words';
import { href, namesIn } from '../data/prepared.ts';
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
  readonly kind: 'announced' | 'opens' | 'closes' | 'exceptions' | 'results';
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
  const names = namesIn(election);
  const decisions = published.state === 'signed' ? published.outcome.seats.decisions.length : 0;
  const who = elected.map((id) => nameOf(names, id));
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

const MONTH = 30 * 86_400_000;

/**
 * The dates of the announcement of a coming election. Nothing says when it was announced, so it is the last whole number of
 * months (of 30 days) before the opening: the same from build to build, never to come, and a reminder in the last.
 */
const announcedAt = (opensAt: Instant, now: Instant): Instant =>
  opensAt - MONTH * Math.max(1, Math.ceil((opensAt - now) / MONTH));

/** All moments of an election as they are known at `now`, also those to come, in the order of time. */
export function eventsOf(election: PreparedElection, lang: Lang, now: Instant): ElectionEvent[] {
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
  const span = { from: inWords(election.opensAt, lang), to: inWords(election.closesAt, lang) };
  const list = [
    event('opens', election.opensAt, fill(t.opensText, { to: inWords(election.closesAt, lang) })),
    event('closes', election.closesAt, fill(t.announcedText, span)),
  ];
  if (election.status === 'upcoming' && now < election.opensAt)
    list.push(event('announced', announcedAt(election.opensAt, now), fill(t.announcedText, span)));
  if (election.exceptionsDueAt !== election.opensAt) {
    list.push(event('exceptions', election.exceptionsDueAt, election.name, `${path}exception/`));
  }
  if (election.status === 'results') list.push(resultEvent(election, event, lang, path));
  return list.sort((a, b) => a.at - b.at);
}
