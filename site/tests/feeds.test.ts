/** Feeds, calendars and open data as other programs read them: each through a parser of its format. */
import { phaseAt, readTree } from '@elekto/election';
import { renderMarkdown } from '@elekto/election/markdown';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { xml2js, type Element } from 'xml-js';

import { prepareSnapshot } from '../src/build/prepare.ts';
import type { SiteBoxState } from '../src/data/model.ts';
import type { SiteData } from '../src/data/prepared.ts';
import { bodiesOf } from '../src/data/bodies.ts';
import { BODIES_SCHEMA, bodiesJson } from '../src/feeds/bodies-json.ts';
import { calendarOf } from '../src/feeds/calendar.ts';
import { ELECTIONS_SCHEMA, electionsJson } from '../src/feeds/elections-json.ts';
import { feedOf } from '../src/feeds/feeds.ts';

import { parseCalendar, textOf } from './icalendar.ts';

const HOSTILE =
  'Wahl, "Rat"; \\ & <b>]]></title><script>x</script> 🗳️ für Ämter und noch so einiges, das die Zeile lang macht';
const NOW = Date.UTC(2026, 2, 5, 12);
const DASHES = '-'.repeat(61);
const ORIGIN = 'https://vote.example.org';

const election = (name: string, opens: string, closes: string, due: string): string =>
  `name: '${name}'\norganization: Example\nstart_datetime: ${opens}\nend_datetime: ${closes}\nexception_due: ${due}\nno_winners: 1\nshow_candidate_fields: [employer]\nelection_officers: [olga]\n`;
const candidate = (id: string): string =>
  `${DASHES}\nname: ${id} <i>&</i>\nID: ${id}\ninfo:\n  - employer: "A & B"\n${DASHES}\n\nHello.\n`;

const FOLDERS: Record<string, Record<string, string>> = {
  done: {
    'election.yaml': election('Done', '2026-01-01 00:00:00', '2026-01-31 23:59:59', '2026-01-10 00:00:00'),
    'ballots.csv': 'ada,bob\n1,2\n1,No opinion\n1,2\n',
    'results.md': 'Ada it is.',
  },
  'now/hostile': {
    'election.yaml': election(HOSTILE, '2026-03-01 00:00:00', '2026-03-07 23:59:59', '2026-03-04 00:00:00'),
  },
  soon: {
    'election.yaml': election('Soon', '2026-09-01 00:00:00', '2026-09-07 23:59:59', '2026-09-01 00:00:00'),
  },
};
const STATES: Record<string, SiteBoxState> = { done: 'published', 'now---hostile': 'open' };

async function dataOf(siteOrigin: string, folders = FOLDERS): Promise<SiteData> {
  const files = Object.entries(folders).flatMap(([folder, own]) =>
    Object.entries({
      'voters.yaml': 'eligible_voters: [vera, victor]\n',
      'candidate-ada.md': candidate('ada'),
      'candidate-bob.md': candidate('bob'),
      ...own,
    }).map(([name, text]) => ({ path: `elections/${folder}/${name}`, text })),
  );
  const elections = readTree('elections', files).elections.flatMap(({ election: read, diagnostics }) =>
    read
      ? [{ ...read, phase: phaseAt(read, NOW), diagnostics, state: STATES[read.key] ?? null, cast: null }]
      : [],
  );
  expect(elections).toHaveLength(Object.keys(folders).length);
  const organisation = { name: 'Ex & "Ample" <Org>', logo: null, accent: null };
  const snapshot = { commit: 'c0ffee', generatedAt: NOW, organisation, siteOrigin, elections };
  return {
    ...(await prepareSnapshot(snapshot, (markdown, top) => renderMarkdown(markdown, top))),
    organisation: { ...organisation, logoFile: null },
    islands: { dir: '', modules: {}, preloads: {}, inline: {}, css: '' } as unknown as SiteData['islands'],
    css: '',
  };
}

const data = await dataOf(ORIGIN);
const hostile = data.elections.filter(({ key }) => key === 'now---hostile');
const feeds = feedOf(data, data.elections, '/', 'en');

const element = (parent: Element, name: string): Element => {
  const found = (parent.elements ?? []).filter((child) => child.name === name);
  if (found.length !== 1) throw new Error(`${parent.name} has ${found.length} ${name}`);
  return found[0] as Element;
};
const elements = (parent: Element, name: string): Element[] =>
  (parent.elements ?? []).filter((child) => child.name === name);
const content = (parent: Element, name: string): string =>
  (element(parent, name).elements ?? []).map(({ text, cdata }) => cdata ?? String(text ?? '')).join('');
const rootOf = (xml: string, name: string): Element => element(xml2js(xml) as Element, name);

/** What is told by then, newest first; the moments that are still to come are in calendars only. */
const TOLD = [
  'Coming up: Soon',
  `Voting opens: ${HOSTILE}`,
  'Result: Done',
  'Voting closes: Done',
  'Voting opens: Done',
];

describe('Atom', () => {
  const feed = rootOf(feeds.atom, 'feed');

  it('is a feed with everything that RFC 4287 asks for', () => {
    expect(feed.attributes?.['xmlns']).toBe('http://www.w3.org/2005/Atom');
    expect(content(feed, 'id')).toBe(`${ORIGIN}/`);
    expect(content(feed, 'title')).toContain('Ex & "Ample" <Org>');
    expect(Date.parse(content(feed, 'updated'))).toBe(Date.UTC(2026, 2, 5));
    const self = elements(feed, 'link').find(({ attributes }) => attributes?.['rel'] === 'self');
    expect(self?.attributes?.['href']).toBe(`${ORIGIN}/feed.atom`);
    for (const entry of elements(feed, 'entry')) {
      expect(content(entry, 'id')).toMatch(
        /^https:\/\/vote\.example\.org\/elections\/\S+#(announced|opens|closes|results)$/,
      );
      expect(content(entry, 'updated')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      expect(element(entry, 'link').attributes?.['href']).toMatch(
        /^https:\/\/vote\.example\.org\/elections\//,
      );
    }
    expect(content(element(feed, 'author'), 'name')).toBe('Ex & "Ample" <Org>');
  });

  it('tells what happened and what comes, newest first, with names as they are written', () => {
    expect(elements(feed, 'entry').map((entry) => content(entry, 'title'))).toEqual(TOLD);
    const ids = elements(feed, 'entry').map((entry) => content(entry, 'id'));
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('RSS', () => {
  const rss = rootOf(feeds.rss, 'rss');
  const channel = element(rss, 'channel');

  it('is RSS 2.0', () => {
    expect(rss.attributes?.['version']).toBe('2.0');
    for (const name of ['title', 'link', 'description']) expect(content(channel, name)).not.toBe('');
    for (const item of elements(channel, 'item')) {
      expect(content(item, 'pubDate')).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
      const permanent = element(item, 'guid').attributes?.['isPermaLink'];
      expect(permanent === 'false' || content(item, 'guid').startsWith(ORIGIN)).toBe(true);
    }
    expect(elements(channel, 'item').map((item) => content(item, 'title'))).toEqual(TOLD);
  });
});

describe('JSON Feed', () => {
  const feed = JSON.parse(feeds.json) as {
    version: string;
    title: string;
    home_page_url: string;
    feed_url: string;
    items: { id: string; url: string; title: string; date_modified?: string; date_published?: string }[];
  };

  it('is JSON Feed 1.0 or newer', () => {
    expect(feed.version).toMatch(/^https:\/\/jsonfeed\.org\/version\/1/);
    expect([feed.home_page_url, feed.feed_url]).toEqual([`${ORIGIN}/`, `${ORIGIN}/feed.json`]);
    expect(feed.items.map(({ title }) => title)).toEqual(TOLD);
    expect(new Set(feed.items.map(({ id }) => id)).size).toBe(feed.items.length);
    for (const { date_modified: at } of feed.items) expect(Date.parse(at ?? '')).toBeLessThanOrEqual(NOW);
  });
});

describe('iCalendar', () => {
  it('folds, escapes and nests as RFC 5545 says, and holds what is to come as well', () => {
    const calendar = parseCalendar(calendarOf(data, data.elections, 'en'));
    expect([calendar.name, textOf(calendar, 'VERSION')]).toEqual(['VCALENDAR', '2.0']);
    expect(textOf(calendar, 'PRODID')).toMatch(/^-\/\/Elekto\/\//);
    const events = calendar.components.filter(({ name }) => name === 'VEVENT');
    expect(events).toHaveLength(3 * 2 + 2);
    for (const event of events) {
      expect(textOf(event, 'DTSTAMP')).toMatch(/^\d{8}T\d{6}Z$/);
      expect(textOf(event, 'DTSTART')).toMatch(/^\d{8}T\d{6}Z$/);
    }
    const ids = events.map((event) => textOf(event, 'UID'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^\S+@vote\.example\.org$/.test(id))).toBe(true);
    const summaries = events.map((event) => textOf(event, 'SUMMARY'));
    expect(summaries).toContain(`Voting closes: ${HOSTILE}`);
    expect(summaries).toContain('Voting opens: Soon');
  });

  it('reminds a day before the end', () => {
    const calendar = parseCalendar(calendarOf(data, hostile, 'en'));
    const closes = calendar.components.find(({ components }) => components.length > 0);
    expect(closes && textOf(closes, 'DTSTART')).toBe('20260307T235959Z');
    expect(closes?.components.map((alarm) => [alarm.name, textOf(alarm, 'TRIGGER')])).toEqual([
      ['VALARM', '-P1D'],
    ]);
  });
});

describe('a result with an open tie', () => {
  it.each(['en', 'de'] as const)('is told as such, and not as nobody elected, in %s', async (lang) => {
    const tied = await dataOf(ORIGIN, { done: { ...FOLDERS['done'], 'ballots.csv': 'ada,bob\n1,2\n2,1\n' } });
    const { json } = feedOf(tied, tied.elections, '/', lang);
    const { items } = JSON.parse(json) as { items: { id: string; content_html: string }[] };
    const result = items.find(({ id }) => id.endsWith('#results'));
    expect(result?.content_html).toMatch(
      lang === 'en' ? /tied for the seat\. The ballots do not decide/ : /Sitz/,
    );
    expect(result?.content_html).not.toMatch(/Nobody|Niemand/);
  });

  it('is told to programs, too: between whom, and how many seats nobody has', async () => {
    const tied = await dataOf(ORIGIN, { done: { ...FOLDERS['done'], 'ballots.csv': 'ada,bob\n1,2\n2,1\n' } });
    const open = { elected: [], openTies: [{ candidates: ['ada', 'bob'], seats: 1 }] };
    expect(electionsJson(tied).elections[0]?.results).toMatchObject(open);
    const elections = tied.elections.map((each) => ({ ...each, body: { name: 'Board', isNamed: true } }));
    const [board] = bodiesJson(tied, bodiesOf({ ...tied, elections })).bodies;
    expect(board?.elections.at(-1)).toMatchObject(open);
  });
});

describe('of one election, and in other languages', () => {
  it.each(['en', 'de'] as const)('reads well in %s', (lang) => {
    const path = lang === 'en' ? '/elections/now---hostile/' : '/de/elections/now---hostile/';
    const own = feedOf(data, hostile, path, lang, HOSTILE);
    const feed = rootOf(own.atom, 'feed');
    expect(content(feed, 'title')).toBe(HOSTILE);
    expect(content(feed, 'id')).toBe(ORIGIN + path);
    expect(elements(feed, 'entry')).toHaveLength(1);
    expect(elements(element(rootOf(own.rss, 'rss'), 'channel'), 'item')).toHaveLength(1);
    expect((JSON.parse(own.json) as { items: unknown[] }).items).toHaveLength(1);
    expect(parseCalendar(calendarOf(data, hostile, lang)).components).toHaveLength(3);
  });

  it('reads well where the public address is not known', async () => {
    const homeless = await dataOf('');
    const own = feedOf(homeless, homeless.elections, '/', 'en');
    expect(elements(rootOf(own.atom, 'feed'), 'entry')).toHaveLength(TOLD.length);
    expect(elements(element(rootOf(own.rss, 'rss'), 'channel'), 'item')).toHaveLength(TOLD.length);
    expect(parseCalendar(calendarOf(homeless, homeless.elections, 'en')).components).toHaveLength(8);
  });
});

describe('/bodies.json', () => {
  it('is as its schema says, and names who was elected', () => {
    const ajv = new Ajv2020({ allErrors: true });
    addFormats.default(ajv);
    const check = ajv.compile(BODIES_SCHEMA);
    const elections = data.elections.map((each) => ({
      ...each,
      body: { name: 'Board', isNamed: true },
      termEndsAt: each.closesAt + 365 * 86_400_000,
    }));
    const value: unknown = JSON.parse(JSON.stringify(bodiesJson(data, bodiesOf({ ...data, elections }))));
    check(value);
    expect(check.errors ?? []).toEqual([]);
    expect(value).toMatchObject({
      bodies: [
        {
          name: 'Board',
          url: `${ORIGIN}/bodies/board/`,
          serving: [{ id: 'ada', election: 'done' }],
          unknown: [],
          elections: [{ elected: null }, { elected: null }, { elected: [{ id: 'ada' }] }],
        },
      ],
    });
    expect(check({ ...(value as object), bodies: [{}] })).toBe(false);
  });
});

describe('/elections.json', () => {
  const ajv = new Ajv2020({ allErrors: true });
  addFormats.default(ajv);
  const check = ajv.compile(ELECTIONS_SCHEMA);
  const value = JSON.parse(JSON.stringify(electionsJson(data))) as ReturnType<typeof electionsJson>;

  it('is as its schema says, in every state of an election', () => {
    check(value);
    expect(check.errors ?? []).toEqual([]);
    expect(value.elections.map(({ key, status }) => [key, status])).toEqual([
      ['done', 'results'],
      ['now---hostile', 'open'],
      ['soon', 'upcoming'],
    ]);
  });

  it('says who was elected, and nothing of ballots while they are cast', () => {
    expect(value.elections[0]?.results).toMatchObject({ elected: ['ada'], openTies: [] });
    expect(value.elections[1]?.results).toBeNull();
    expect(JSON.stringify(value)).not.toContain('vera');
  });

  it('is not satisfied by just anything', () => {
    expect(check({ ...value, elections: [{ key: 'x' }] })).toBe(false);
  });
});
