/** Files of the site that are no pages: feeds, calendars, open data, downloads, icons. */
import { toJson } from '@elekto/tally';
import { href } from '../data/prepared.ts';
import type { PreparedElection, SiteData } from '../data/prepared.ts';
import type { Body } from '../data/bodies.ts';
import { BODIES_SCHEMA, bodiesJson } from '../feeds/bodies-json.ts';
import { calendarOf } from '../feeds/calendar.ts';
import { ELECTIONS_SCHEMA, electionsJson } from '../feeds/elections-json.ts';
import { FEED_FILES, feedOf } from '../feeds/feeds.ts';
import { fill, LANGS, textsOf } from '../texts/index.ts';
import type { Lang } from '../texts/index.ts';
import { cardText } from './cards/card-text.ts';
import { keptCard } from './cards/share-card.ts';
import { cspOf } from './csp.ts';
import { faviconSvg } from './favicon.ts';

/** A file that is to be. */
export interface FileTask {
  /** Below the folder of the site. */
  readonly file: string;
  /** The facts that it is made of: see `facts.ts`. */
  readonly of: readonly string[];
  readonly render: () => Promise<string | Uint8Array> | string | Uint8Array;
}

const EVERYTHING = [
  'data:commit',
  'data:generatedAt',
  'data:elections',
  'data:siteOrigin',
  'data:resultsKeys',
];

/** Everything but the list of pages. */
export function extraTasks(data: SiteData, bodies: readonly Body[], cacheDir: string): FileTask[] {
  const { name, accent } = data.organisation;
  const top = fill(textsOf('en').site.titleSuffix, { organisation: name });
  const json = (value: object): string => `${JSON.stringify(value, null, 1)}\n`;
  const siteCard = { top: name, title: top, bottom: data.siteOrigin.replace(/^https?:\/\//, '') };
  return [
    ...LANGS.flatMap((lang) => followTasks(data, bodies, lang)),
    ...data.elections.flatMap(downloadTasks),
    {
      file: 'cards/site.png',
      of: ['data:organisation', 'data:siteOrigin'],
      render: () => keptCard(siteCard, accent, cacheDir),
    },
    ...data.elections.map((election) => ({
      file: `cards/elections/${election.key}.png`,
      of: ['data:organisation', `election:${election.key}`],
      render: () => keptCard(cardText(election, top), accent, cacheDir),
    })),
    { file: 'elections.json', of: EVERYTHING, render: () => json(electionsJson(data)) },
    { file: 'elections.schema.json', of: [], render: () => json(ELECTIONS_SCHEMA) },
    { file: 'bodies.json', of: EVERYTHING, render: () => json(bodiesJson(data, bodies)) },
    { file: 'bodies.schema.json', of: [], render: () => json(BODIES_SCHEMA) },
    { file: 'favicon.svg', of: ['data:organisation'], render: () => faviconSvg(accent) },
    {
      file: 'robots.txt',
      of: ['data:siteOrigin'],
      render: () =>
        `User-agent: *\nAllow: /\n${data.siteOrigin ? `Sitemap: ${data.siteOrigin}/sitemap.txt\n` : ''}`,
    },
    { file: 'csp.json', of: ['data:islands', 'data:apiOrigin'], render: () => json(cspOf(data)) },
  ];
}

/** Feeds and calendars of all elections, of each, and of each body. */
function followTasks(data: SiteData, bodies: readonly Body[], lang: Lang): FileTask[] {
  const site = ['data:organisation', 'data:siteOrigin'];
  const follow = (
    path: string,
    elections: readonly PreparedElection[],
    facts: readonly string[],
    title?: string,
  ): FileTask[] => {
    const at = href(lang, path);
    // Of an election they tell its moments: neither its description nor who stands makes them new.
    const of = [...site, ...facts, ...elections.map(({ key }) => `events:${key}`)];
    let feeds: ReturnType<typeof feedOf> | undefined;
    return [
      ...(['atom', 'rss', 'json'] as const).map((kind) => ({
        file: (at + FEED_FILES[kind]).slice(1),
        of,
        render: () => (feeds ??= feedOf(data, elections, at, lang, title))[kind],
      })),
      {
        file: `${at}calendar.ics`.slice(1),
        of,
        render: () => calendarOf(data, elections, lang, title),
      },
    ];
  };
  return [
    ...follow('/', data.elections, ['order:elections']),
    ...data.elections.flatMap((election) =>
      follow(`/elections/${election.key}/`, [election], [], election.name),
    ),
    ...bodies.flatMap(({ slug, name, terms }) =>
      follow(
        `/bodies/${slug}/`,
        terms.map(({ election }) => election),
        [`body:${slug}`],
        name,
      ),
    ),
  ];
}

function downloadTasks(election: PreparedElection): FileTask[] {
  const { key, ballotsCsv, resultsJson, outcome } = election;
  const task = (name: string, render: () => string): FileTask => ({
    file: `elections/${key}/${name}`,
    of: [`election:${key}`],
    render,
  });
  return [
    ...(ballotsCsv === null ? [] : [task('ballots.csv', () => ballotsCsv)]),
    ...(resultsJson === null ? [] : [task('results.json', () => resultsJson)]),
    ...(outcome ? [task('count.json', () => toJson(outcome))] : []),
  ];
}

/** The addresses of all pages, from the files of the site. */
export function sitemapOf(files: Iterable<string>, siteOrigin: string): { text: string; pages: number } {
  const pages = [...files]
    .filter((name) => name.endsWith('index.html'))
    .map((name) => `/${name.slice(0, -'index.html'.length)}`)
    .sort();
  return { text: pages.map((page) => `${siteOrigin}${page}\n`).join(''), pages: pages.length };
}
