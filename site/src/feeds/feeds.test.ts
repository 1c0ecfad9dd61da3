import { xml2js } from 'xml-js';
import { describe, expect, it } from 'vitest';
import type { PreparedElection, SiteData } from '../data/prepared.ts';
import { calendarOf } from './calendar.ts';
import { ELECTIONS_SCHEMA, electionsJson, electionsFile } from './elections-json.ts';
import { eventsOf } from './events.ts';
import { feedOf } from './feeds.ts';

const at = (text: string) => Date.parse(text);
const election = (over: Partial<PreparedElection> = {}): PreparedElection => ({
  key: 'a---b',
  folder: 'elections/a/b',
  name: 'Steering <1> & more',
  organization: 'O',
  body: null,
  termEndsAt: null,
  opensAt: at('2026-05-01T00:00:00Z'),
  closesAt: at('2026-05-08T23:59:59Z'),
  exceptionsDueAt: at('2026-05-04T12:00:00Z'),
  seats: 2,
  allowNoOpinion: true,
  method: 'schulze',
  counting: {
    method: 'schulze',
    strength: 'winning',
    unranked: 'no-opinion',
    secondary: false,
    order: 'losses',
  },
  limit: null,
  limitValues: null,
  edition: 3,
  houseRules: null,
  groupValues: null,
  officers: ['olga'],
  custody: null,
  boxes: [],
  phase: 'open',
  status: 'open',
  state: 'open',
  stale: false,
  eligible: 10,
  cast: null,
  count: null,
  description: '',
  eligibility: '',
  exceptionDescription: '',
  results: null,
  ballotsCsv: null,
  resultsJson: null,
  published: { state: 'before', early: false },
  outcome: null,
  closedAt: null,
  publishedAt: null,
  links: null,
  drift: [],
  resultKey: null,
  candidates: [
    {
      id: 'ada',
      slug: 'ada',
      name: 'Ada',
      label: 'Ada',
      standing: 'standing',
      fields: [{ name: 'employer', value: 'Acme' }],
      bio: '',
      endorsements: [],
      answers: [],
    },
  ],
  nominations: null,
  form: null,
  questions: [],
  summary: '',
  ...over,
});
const dataOf = (elections: readonly PreparedElection[]): SiteData => ({
  commit: 'c'.repeat(40),
  generatedAt: at('2026-05-02T00:00:00Z'),
  organisation: { name: 'Org', logo: null, accent: null, logoFile: null },
  contentLanguage: 'en',
  apiOrigin: '',
  signIn: { name: 'GitHub', profiles: 'https://github.com' },
  siteOrigin: 'https://e.example',
  sourceUrl: null,
  sourceHost: null,
  sourceBranch: null,
  previewOf: null,
  version: '1',
  elections,
  unreadable: [],
  resultsKeys: [],
  islands: {} as SiteData['islands'],
  css: '',
});

describe('feeds', () => {
  it('tell what has happened and nothing that is to come', () => {
    const data = dataOf([election()]);
    const json = JSON.parse(feedOf(data, data.elections, '/', 'en').json) as {
      items: { title: string; url: string }[];
    };
    expect(json.items.map((item) => item.title)).toEqual(['Voting opens: Steering <1> & more']);
    expect(json.items[0]?.url).toBe('https://e.example/elections/a---b/');
  });

  it('announce a coming election, dated in whole months before it, and remind in the last', () => {
    const soon = election({ status: 'upcoming', phase: 'upcoming' });
    const datesAt = (now: string) =>
      eventsOf(soon, 'en', at(now))
        .filter(({ kind }) => kind === 'announced')
        .map((event) => new Date(event.at).toISOString().slice(0, 10));
    expect(datesAt('2026-01-10T00:00:00Z')).toEqual(['2026-01-01']);
    expect(datesAt('2026-01-20T00:00:00Z')).toEqual(['2026-01-01']);
    expect(datesAt('2026-04-20T00:00:00Z')).toEqual(['2026-04-01']);
    const data = { ...dataOf([soon]), generatedAt: at('2026-04-20T00:00:00Z') };
    const { items } = JSON.parse(feedOf(data, data.elections, '/', 'en').json) as { items: object[] };
    expect(items).toMatchObject([
      {
        title: 'Coming up: Steering <1> & more',
        content_html: expect.stringContaining('from Friday, 1 May'),
      },
    ]);
    expect(calendarOf(data, data.elections, 'en').match(/BEGIN:VEVENT/g)).toHaveLength(3);
  });

  it('date a result by its publication, and by the end of voting where nobody can tell', () => {
    const over = { status: 'results', phase: 'ended' } as const;
    const now = at('2026-06-01T00:00:00Z');
    const told = (more: Partial<PreparedElection>) =>
      eventsOf(election({ ...over, ...more }), 'en', now).find(({ kind }) => kind === 'results')?.at;
    expect(told({ publishedAt: at('2026-05-20T10:00:00Z') })).toBe(at('2026-05-20T10:00:00Z'));
    expect(told({ publishedAt: now + 500 }), 'by two clocks').toBe(now);
    expect(told({})).toBe(at('2026-05-09T00:00:00Z'));
    expect(told({ closedAt: at('2026-05-10T00:00:00Z') })).toBe(at('2026-05-10T00:00:01Z'));
  });

  it('are well-formed whatever a folder is called', () => {
    const odd = election({ key: 'we"ird <svg> & more' });
    const { atom, rss } = feedOf(dataOf([odd]), [odd], `/elections/${odd.key}/`, 'en');
    for (const xml of [atom, rss]) {
      expect(() => xml2js(xml)).not.toThrow();
      expect(xml).not.toMatch(/<svg|we"ird/);
    }
  });

  it('escape names and speak the language of their page', () => {
    const data = dataOf([
      election({ status: 'results', phase: 'ended', closesAt: at('2026-05-01T12:00:00Z') }),
    ]);
    const { atom, rss } = feedOf(data, data.elections, '/de/', 'de');
    expect(atom).toContain('<![CDATA[Ergebnis: Steering <1> & more]]>');
    expect(rss).toContain('<language>de</language>');
  });
});

describe('calendars', () => {
  it('hold the opening, the close with a reminder a day before, and the last moment for exceptions', () => {
    const data = dataOf([election()]);
    const text = calendarOf(data, data.elections, 'en');
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(3);
    expect(text).toContain('DTSTART:20260508T235959Z');
    expect(text.match(/BEGIN:VALARM/g)).toHaveLength(1);
    expect(calendarOf(data, data.elections, 'en')).toBe(text);
  });

  it('hold moments in the order of time', () => {
    expect(eventsOf(election(), 'en', at('2026-05-02T00:00:00Z')).map((e) => e.kind)).toEqual([
      'opens',
      'exceptions',
      'closes',
    ]);
  });
});

/** Checks a value against the part of JSON Schema that ours uses; the first fault's path, or null. */
function fault(schema: Record<string, unknown>, value: unknown, path = '$'): string | null {
  if (Array.isArray(schema['anyOf'])) {
    const all = schema['anyOf'] as Record<string, unknown>[];
    return all.some((s) => fault(s, value, path) === null) ? null : path;
  }
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value) ? null : path;
  const is: Record<string, boolean> = {
    string: typeof value === 'string',
    integer: Number.isInteger(value),
    boolean: typeof value === 'boolean',
    null: value === null,
    array: Array.isArray(value),
    object: typeof value === 'object' && value !== null && !Array.isArray(value),
  };
  if (!is[schema['type'] as string]) return path;
  if (schema['items']) {
    for (const [i, item] of (value as unknown[]).entries()) {
      const wrong = fault(schema['items'] as Record<string, unknown>, item, `${path}[${i}]`);
      if (wrong) return wrong;
    }
  }
  for (const [name, inner] of Object.entries(
    (schema['properties'] ?? {}) as Record<string, Record<string, unknown>>,
  )) {
    const has = Object.hasOwn(value as object, name);
    if (!has && (schema['required'] as string[]).includes(name)) return `${path}.${name}`;
    const wrong = has ? fault(inner, (value as Record<string, unknown>)[name], `${path}.${name}`) : null;
    if (wrong) return wrong;
  }
  return null;
}

describe('/elections.json', () => {
  it('is what its schema says, for running and for counted elections', () => {
    const data = dataOf([
      election(),
      election({
        status: 'results',
        custody: { officers: ['olga', 'otto', 'oda'], threshold: 2 },
        boxes: [{ hash: 'ab', manifestHash: 'cd' }],
        ballotsCsv: 'x',
        limit: { field: 'employer', max: 1 },
        limitValues: { ada: 'Acme' },
      }),
    ]);
    const value: unknown = JSON.parse(JSON.stringify(electionsJson(data)));
    expect(fault(ELECTIONS_SCHEMA as unknown as Record<string, unknown>, value)).toBeNull();
    const broken = structuredClone(value) as { elections: { seats: unknown }[] };
    broken.elections[1]!.seats = '2';
    expect(fault(ELECTIONS_SCHEMA as unknown as Record<string, unknown>, broken)).toBe(
      '$.elections[1].seats',
    );
  });

  it('is the text of its value, also of elections that it has told of before', () => {
    const one = election({ name: 'Two\nlines' });
    const data = dataOf([one, election({ key: 'c', candidates: [] })]);
    const another = { ...data, siteOrigin: 'https://elsewhere.example', commit: 'f'.repeat(40) };
    for (const told of [data, another, { ...another, elections: [one] }, { ...data, elections: [] }, data])
      expect(electionsFile(told).toString()).toBe(`${JSON.stringify(electionsJson(told), null, 1)}\n`);
  });
});
