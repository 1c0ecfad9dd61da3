/** Files of the site that are no pages: feeds, calendars, open data, downloads, icons. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toJson } from '@elekto/tally';
import { href } from '../data/prepared.ts';
import type { PreparedElection, SiteData } from '../data/prepared.ts';
import { bodiesOf } from '../data/bodies.ts';
import { BODIES_SCHEMA, bodiesJson } from '../feeds/bodies-json.ts';
import { calendarOf } from '../feeds/calendar.ts';
import { ELECTIONS_SCHEMA, electionsJson } from '../feeds/elections-json.ts';
import { FEED_FILES, feedOf } from '../feeds/feeds.ts';
import { fill, LANGS, textsOf } from '../texts/index.ts';
import type { Lang } from '../texts/index.ts';
import { cardText } from './cards/card-text.ts';
import { keptCard } from './cards/share-card.ts';
import { faviconSvg } from './favicon.ts';

/** Writes them all; the number of pages that Astro made. */
export async function writeExtras(data: SiteData, outDir: string, cacheDir: string): Promise<number> {
  const files = new Map<string, string | Uint8Array>();
  const bodies = bodiesOf(data);
  const follow = (path: string, elections: readonly PreparedElection[], lang: Lang, title?: string): void => {
    const feeds = feedOf(data, elections, path, lang, title);
    for (const kind of ['atom', 'rss', 'json'] as const) files.set(path + FEED_FILES[kind], feeds[kind]);
    files.set(`${path}calendar.ics`, calendarOf(data, elections, lang, title));
  };
  for (const lang of LANGS) {
    follow(href(lang, '/'), data.elections, lang);
    for (const election of data.elections)
      follow(href(lang, `/elections/${election.key}/`), [election], lang, election.name);
    for (const { slug, name, terms } of bodies)
      follow(
        href(lang, `/bodies/${slug}/`),
        terms.map(({ election }) => election),
        lang,
        name,
      );
  }
  for (const election of data.elections) {
    const path = `/elections/${election.key}/`;
    if (election.ballotsCsv !== null) files.set(`${path}ballots.csv`, election.ballotsCsv);
    if (election.resultsJson !== null) files.set(`${path}results.json`, election.resultsJson);
    if (election.outcome) files.set(`${path}count.json`, toJson(election.outcome));
  }
  const { name, accent } = data.organisation;
  const top = fill(textsOf('en').site.titleSuffix, { organisation: name });
  files.set(
    '/cards/site.png',
    await keptCard(
      { top: name, title: top, bottom: data.siteOrigin.replace(/^https?:\/\//, '') },
      accent,
      cacheDir,
    ),
  );
  for (const election of data.elections) {
    const card = await keptCard(cardText(election, top), accent, cacheDir);
    files.set(`/cards/elections/${election.key}.png`, card);
  }
  files.set('/elections.json', `${JSON.stringify(electionsJson(data), null, 1)}\n`);
  files.set('/elections.schema.json', `${JSON.stringify(ELECTIONS_SCHEMA, null, 1)}\n`);
  files.set('/bodies.json', `${JSON.stringify(bodiesJson(data, bodies), null, 1)}\n`);
  files.set('/bodies.schema.json', `${JSON.stringify(BODIES_SCHEMA, null, 1)}\n`);
  files.set('/favicon.svg', faviconSvg(data.organisation.accent));
  files.set(
    '/robots.txt',
    `User-agent: *\nAllow: /\n${data.siteOrigin ? `Sitemap: ${data.siteOrigin}/sitemap.txt\n` : ''}`,
  );

  const pages = (await readdir(outDir, { recursive: true }))
    .filter((name) => name.endsWith('index.html'))
    .map((name) => `/${name.slice(0, -'index.html'.length)}`)
    .sort();
  files.set('/sitemap.txt', pages.map((page) => `${data.siteOrigin}${page}\n`).join(''));

  const folders = new Set([...files.keys()].map((name) => dirname(join(outDir, name))));
  await Promise.all([...folders].map((folder) => mkdir(folder, { recursive: true })));
  await Promise.all([...files].map(([name, content]) => writeFile(join(outDir, name), content)));
  return pages.length;
}
