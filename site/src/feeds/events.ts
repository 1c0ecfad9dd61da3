/** What happens in elections, as moments: the one list that feeds and calendars are made of. */
import type { Instant } from '@elekto/election';
import type { PreparedElection } from '../data/prepared.ts';
import { seatedOf } from '@elekto/protocol/published';
import { headline, openTieSentences } from '@elekto/words';
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
 * When a result was published. Where nobody here can tell (held elsewhere, imported, or published while a tie is open)
 * it is dated by the end of voting, after which it was counted: the same from build to build. What is decided or
 * disputed later keeps the date.
 */
const publishedAt = ({ publishedAt: at, closedAt, closesAt }: PreparedElection, now: Instant): Instant =>
  at === null ? (closedAt ?? closesAt) + 1000 : Math.min(at, now);

/**
 * The publication of a result. One that is decided on further, or comes to be disputed, is an entry of its own, so that
 * no reader keeps the old one in silence.
 */
function resultEvent(
  election: PreparedElection,
  event: MakeEvent,
  lang: Lang,
  path: string,
  now: Instant,
): ElectionEvent {
  const t = textsOf(lang).feeds;
  const { published } = election;
  const made = event('results', publishedAt(election, now), t.resultsText, `${path}results/`);
  if (published.state === 'disputed' || published.state === 'superseded')
    return { ...made, id: `${made.id}-${published.state}`, text: t.resultsWrong };
  const seated = seatedOf(published);
  if (seated === null) return made;
  const names = namesIn(election);
  const decisions = published.state === 'signed' ? published.outcome.seats.decisions.length : 0;
  return {
    ...made,
    id: decisions === 0 ? made.id : `${made.id}-${decisions}`,
    text: [headline(seated, names, lang), ...openTieSentences(seated, names, lang)].join(' '),
  };
}

type MakeEvent = (kind: ElectionEvent['kind'], at: Instant, text: string, to?: string) => ElectionEvent;

/** After which the date of an announcement is another. */
export const MONTH = 30 * 86_400_000;

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
  if (election.status === 'results') list.push(resultEvent(election, event, lang, path, now));
  return list.sort((a, b) => a.at - b.at);
}
