/** Atom, RSS and JSON Feed: what has happened and what is announced, newest first, never dated in the time to come. */
import { Feed } from 'feed';
import type { PreparedElection, SiteData } from '../data/prepared.ts';
import { fill, textsOf } from '../texts/index.ts';
import type { Lang } from '../texts/index.ts';
import { eventsOf } from './events.ts';

/** Feeds of a few hundred elections stay readable. */
const MOST = 60;

/** Ms that feeds look ahead. */
export const AHEAD = 1000;

/** File names by kind, beside the page they follow. */
export const FEED_FILES = { atom: 'feed.atom', rss: 'feed.rss', json: 'feed.json' } as const;

/** The feed of `elections`, which follows the page at `path` (ending in `/`); the organisation's name is its title unless it has one. */
export function feedOf(
  data: SiteData,
  elections: readonly PreparedElection[],
  path: string,
  lang: Lang,
  title = fill(textsOf(lang).feeds.title, { organisation: data.organisation.name }),
): Record<keyof typeof FEED_FILES, string> {
  const t = textsOf(lang);
  const organisation = data.organisation.name;
  const page = data.siteOrigin + encodeURI(path);
  const events = elections
    .flatMap((election) => eventsOf(election, lang, data.generatedAt))
    .filter((event) => event.kind !== 'exceptions' && event.at <= data.generatedAt + AHEAD)
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST);
  const feed = new Feed({
    id: page,
    link: page,
    title,
    description: fill(t.site.description, { organisation }),
    language: lang,
    updated: new Date(events[0]?.at ?? data.generatedAt),
    generator: 'Elekto',
    // Atom wants an author of the whole feed where entries have none.
    author: { name: organisation },
    copyright: organisation,
    feedLinks: {
      atom: page + FEED_FILES.atom,
      rss: page + FEED_FILES.rss,
      json: page + FEED_FILES.json,
    },
  });
  for (const event of events) {
    const link = data.siteOrigin + encodeURI(event.path);
    const id = encodeURI(event.id);
    feed.addItem({
      id: data.siteOrigin ? `${data.siteOrigin}/${id}` : `tag:elekto,2026:${id}`,
      guid: data.siteOrigin ? `${data.siteOrigin}/${id}` : `tag:elekto,2026:${id}`,
      title: event.title,
      link,
      date: new Date(event.at),
      description: event.text,
    });
  }
  return { atom: feed.atom1(), rss: feed.rss2(), json: feed.json1() };
}
