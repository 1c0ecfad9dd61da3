import { renderMarkdown } from '@elekto/election/markdown';
import { describe, expect, it } from 'vitest';
import type { SiteElection } from '../data/model.ts';
import { inLanguage } from '../data/prepared.ts';
import { linkLeader } from './links.ts';

const election = {
  key: 'x',
  folder: 'elections/x',
  ballotsCsv: 'a\n1\n',
  resultsJson: null,
  candidates: [{ id: 'ada', file: 'elections/x/candidate-ada.md' }],
} as unknown as SiteElection;
const SOURCE = 'https://github.com/o/meta';
const lead = (md: string, sourceUrl: string | null = SOURCE, published = true): string =>
  linkLeader({ elections: [election], sourceUrl, commit: 'c0ffee' }, () => published)(
    renderMarkdown(md, 2, 'keep'),
    'elections/x/candidate-ada.md',
  );
const where = (md: string, ...rest: [(string | null)?, boolean?]) =>
  /<a href="([^"]*)"/.exec(lead(md, ...rest))?.[1] ?? null;

describe('a relative link leads', () => {
  it.each([
    ['[b](ballots.csv)', '/elections/x/ballots.csv'],
    ['[r](results.md)', '/elections/x/results/'],
    ['[r](results.json)', '/elections/x/results/'],
    ['[e](.)', '/elections/x/'],
    ['[a](../x/candidate-ada.md "Ada")', '/elections/x/candidates/ada/'],
  ])('by %s to the page or file of ours', (md, to) => {
    expect(where(md)).toBe(to);
  });

  it('to the result’s page until the ballots are published', () => {
    expect(where('[b](ballots.csv)', SOURCE, false)).toBe('/elections/x/results/');
  });

  it.each([
    ['[r](../../README.md#top)', `${SOURCE}/blob/c0ffee/README.md#top`],
    ['![chart](chart.png)', `${SOURCE}/blob/c0ffee/elections/x/chart.png`],
    ['[s](<a b&c.md>)', `${SOURCE}/blob/c0ffee/elections/x/a%20b%26c.md`],
  ])('by %s to the repository at that commit', (md, to) => {
    expect(where(md)).toBe(to);
    expect(lead(md)).toContain('rel="nofollow noopener noreferrer ugc"');
  });

  it.each([
    ['https://gitlab.com/o/m', 'https://gitlab.com/o/m/-/blob/c0ffee/README.md'],
    ['https://codeberg.org/o/m', 'https://codeberg.org/o/m/src/commit/c0ffee/README.md'],
    ['https://bitbucket.org/o/m', 'https://bitbucket.org/o/m/src/c0ffee/README.md'],
  ])('on %s as that host addresses files', (source, to) => {
    expect(where('[r](/README.md)', source)).toBe(to);
  });

  it.each(['[x](../../../x)', '[x](//evil.example/x)', '[x](www.a.example)', '[x](me@a.example)'])(
    'nowhere by %s, which stays text',
    (md) => {
      expect(where(md)).toBeNull();
      expect(lead(md)).toContain('<a>x</a>');
    },
  );

  it('nowhere where the repository has no public address', () => {
    expect(where('[r](../../README.md)', null)).toBeNull();
    expect(where('[b](ballots.csv)', null)).toBe('/elections/x/ballots.csv');
  });
});

describe('other links', () => {
  it('stay as they were rendered, and text that looks like a link stays text', () => {
    const md =
      '[a](https://a.example/?x=1&y="2") [m](mailto:a@b.example) <a href="ballots.csv">x</a> `<a href="b">`';
    expect(lead(md)).toBe(renderMarkdown(md).replace('&#x26;', '&amp;').replaceAll('%22', '%22'));
  });

  it('to pages of ours stay in the reader’s language, and files have none', () => {
    const html = lead('[b](ballots.csv) [r](results.md) [g](../../README.md)');
    expect(inLanguage(html, 'de')).toBe(
      html.replace('"/elections/x/results/"', '"/de/elections/x/results/"'),
    );
    expect(inLanguage(html, 'en')).toBe(html);
  });
});
