/** Files of the site that are no pages: feeds, calendars, open data, downloads, icons. */
import { toJson } from '@elekto/tally';
import { href } from '../data/prepared.ts';
import type { PreparedElection, SiteData } from '../data/prepared.ts';
import type { Body } from '../data/bodies.ts';
import { BODIES_SCHEMA, bodiesJson } from '../feeds/bodies-json.ts';
import { calendarOf } from '../feeds/calendar.ts';
import { ELECTIONS_SCHEMA, electionsFile } from '../feeds/elections-json.ts';
import { FEED_FILES, feedOf } from '../feeds/feeds.ts';
import { fill, LANGS, textsOf } from '../texts/index.ts';
import type { Lang } from '../texts/index.ts';
import { cardText } from './cards/card-text.ts';
import { keptCard } from './cards/share-card.ts';
import { cspOf } from './csp.ts';
import { digestOf } from './facts.ts';
import { faviconSvg } from './favicon.ts';
import type { Group } from './site-index.ts';

/** A file that is to be. */
export interface FileTask {
  /** Below the folder of the site. */
  readonly file: string;
  /** The facts that it is made of: see `facts.ts`. */
  readonly of: readonly string[];
  readonly render: (data: SiteData) => Promise<string | Uint8Array> | string | Uint8Array;
}

const EVERYTHING = [
  'data:commit',
  'data:generatedAt',
  'data:elections',
  'data:siteOrigin',
  'data:resultsKeys',
];

const json = (value: object): string => `${JSON.stringify(value, null, 1)}\n`;

const topOf = ({ organisation: { name } }: SiteData): string =>
  fill(textsOf('en').site.titleSuffix, { organisation: name });

/** Everything but the list of pages: the files of an election, and those of none. */
export interface ExtraFiles {
  readonly ofElection: (election: PreparedElection) => FileTask[];
  readonly ofNone: (data: SiteData, bodies: readonly Body[]) => FileTask[];
}

export function extraFiles(cacheDir: string): ExtraFiles {
  const follow = follower();
  const ofElection = (election: PreparedElection): FileTask[] => [
    ...LANGS.flatMap((lang) =>
      follow(
        lang,
        `/elections/${election.key}/`,
        () => [election],
        [`events:${election.key}`],
        election.name,
      ),
    ),
    ...downloadTasks(election),
    {
      file: `cards/elections/${election.key}.png`,
      of: ['data:organisation', `election:${election.key}`],
      render: (data: SiteData) =>
        keptCard(cardText(election, topOf(data)), data.organisation.accent, cacheDir),
    },
  ];
  const ofNone: ExtraFiles['ofNone'] = (data, bodies) => {
    const { name, accent } = data.organisation;
    const siteCard = { top: name, title: topOf(data), bottom: data.siteOrigin.replace(/^https?:\/\//, '') };
    return [
      ...LANGS.flatMap((lang) => {
        const all = data.elections.map(({ key }) => `events:${key}`);
        return follow(lang, '/', ({ elections }) => elections, ['order:elections', ...all]);
      }),
      ...LANGS.flatMap((lang) => bodies.flatMap((body) => bodyTasks(follow, lang, body))),
      {
        file: 'cards/site.png',
        of: ['data:organisation', 'data:siteOrigin'],
        render: () => keptCard(siteCard, accent, cacheDir),
      },
      { file: 'elections.json', of: EVERYTHING, render: () => electionsFile(data) },
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
  };
  return { ofElection, ofNone };
}

/**
 * Feed and calendar beside the page at `path`. Of an election they tell its moments: neither its description nor who stands makes them
 * new, so `facts` are of those.
 */
type Follow = (
  lang: Lang,
  path: string,
  elections: (data: SiteData) => readonly PreparedElection[],
  facts: readonly string[],
  title?: string,
) => FileTask[];

function follower(): Follow {
  /** The feed that was made last: its kinds are asked for after each other. */
  let last:
    | { readonly data: SiteData; readonly at: string; readonly made: ReturnType<typeof feedOf> }
    | undefined;
  return (lang, path, elections, facts, title) => {
    const at = href(lang, path);
    const of = ['data:organisation', 'data:siteOrigin', ...facts];
    const feed = (data: SiteData): ReturnType<typeof feedOf> => {
      if (last?.data !== data || last.at !== at)
        last = { data, at, made: feedOf(data, elections(data), at, lang, title) };
      return last.made;
    };
    return [
      ...(['atom', 'rss', 'json'] as const).map((kind) => ({
        file: (at + FEED_FILES[kind]).slice(1),
        of,
        render: (data: SiteData) => feed(data)[kind],
      })),
      {
        file: `${at}calendar.ics`.slice(1),
        of,
        render: (data) => calendarOf(data, elections(data), lang, title),
      },
    ];
  };
}

function bodyTasks(follow: Follow, lang: Lang, { slug, name, terms }: Body): FileTask[] {
  const facts = [`body:${slug}`, ...terms.map(({ election }) => `events:${election.key}`)];
  return follow(lang, `/bodies/${slug}/`, () => terms.map(({ election }) => election), facts, name);
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

/** The addresses of all pages. */
interface Sitemap {
  readonly text: string;
  readonly pages: number;
  readonly digest: string;
}

/** Of the files of the site, in groups; where they are those of the site before, it is not put together again. */
export function sitemapMaker(): (groups: readonly Group[], siteOrigin: string) => Sitemap {
  let last = { groups: [] as readonly Group[], siteOrigin: '', made: sitemapOf([], '') };
  return (groups, siteOrigin) => {
    const isSame =
      last.siteOrigin === siteOrigin &&
      last.groups.length === groups.length &&
      groups.every(({ files }, at) => haveSameNames(files, last.groups[at]?.files ?? []));
    last = { groups, siteOrigin, made: isSame ? last.made : sitemapOf(groups, siteOrigin) };
    return last.made;
  };
}

const haveSameNames = (some: Group['files'], others: Group['files']): boolean =>
  some === others ||
  (some.length === others.length && some.every(({ file }, at) => file === others[at]?.file));

function sitemapOf(groups: readonly Group[], siteOrigin: string): Sitemap {
  const pages = groups
    .flatMap(({ files }) => files.map(({ file }) => file))
    .filter((name) => name.endsWith('index.html'))
    .map((name) => `/${name.slice(0, -'index.html'.length)}`)
    .sort();
  const text = pages.map((page) => `${siteOrigin}${page}\n`).join('');
  return { text, pages: pages.length, digest: digestOf(text) };
}
