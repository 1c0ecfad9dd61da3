/**
 * Relative links of descriptions and profiles: to the site's own page or file where there is one, else to the repository's
 * host at the commit that was read.
 */
import { filePage, linkInRepository, RESULT_FILES, type Candidate } from '@elekto/election';
import type { SiteElection, SiteSnapshot } from '../data/model.ts';
import { slugOf } from '../data/prepared.ts';
import { repositoryPage } from '../git-host.ts';

/** HTML of `renderMarkdown(…, 'keep')` with the relative links of `file` led somewhere; those that cannot be are text. */
export type LeadLinks = (html: string, file: string, told?: LinksTold) => string;

/** Each relative link that was led somewhere, by the file it stands in and what is written there: the start of its tag. */
export type LinksTold = Map<string, string>;

/** The key of `LinksTold`. */
const linkName = (href: string, file: string): string => `${file}\0${href}`;

/** What of an election tells where its links lead. */
export type LinkedElection = Pick<SiteElection, 'key' | 'folder' | 'ballotsCsv' | 'resultsJson'> & {
  readonly candidates: readonly Pick<Candidate, 'id' | 'file'>[];
};

/** What the site has of the repository, by path: pages end in `/`. */
function ownPages(
  elections: readonly LinkedElection[],
  published: (key: string) => boolean,
): Map<string, string> {
  const pages = new Map<string, string>();
  for (const election of elections) {
    const page = `/elections/${election.key}/`;
    const at = (name: string): string => `${election.folder}/${name}`;
    for (const name of ['', 'election.yaml', 'election_desc.md'])
      pages.set(at(name).replace(/\/$/, ''), page);
    for (const { id, file } of election.candidates) pages.set(file, `${page}candidates/${slugOf(id)}/`);
    for (const name of RESULT_FILES) pages.set(at(name), `${page}results/`);
    if (!published(election.key)) continue;
    if (election.ballotsCsv !== null) pages.set(at('ballots.csv'), `${page}ballots.csv`);
    if (election.resultsJson !== null) pages.set(at('results.json'), `${page}results.json`);
  }
  return pages;
}

const ABSOLUTE = /^(?:https?:|mailto:|#)/i;

/** As our renderer marks links that leave the site. */
const OUTSIDE = ['nofollow', 'noopener', 'noreferrer', 'ugc'].join(' ');

/** What people write who forgot the scheme: no file is called so. */
const FORGOTTEN = /(?:^|\/)(?:www\.[^/]+|[^/]*@[^/]*)(?:\/|$)/i;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const unescaped = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');

/** The way out of every relative link of a snapshot. `published` says whose result files the site has. */
export function linkLeader(
  snapshot: Pick<SiteSnapshot, 'sourceUrl' | 'sourceHost' | 'commit'> & {
    readonly elections: readonly LinkedElection[];
  },
  published: (key: string) => boolean,
): LeadLinks {
  let made: ReturnType<typeof ownPages> | undefined;
  // Few descriptions have a link that asks for them.
  const pages = () => (made ??= ownPages(snapshot.elections, published));
  const repository = snapshot.sourceUrl
    ? repositoryPage(snapshot.sourceUrl, snapshot.sourceHost ?? null)
    : null;
  const lead = (href: string, file: string): string => {
    if (ABSOLUTE.test(href)) return `<a href="${escaped(href)}"`;
    const link = linkInRepository(href, file);
    if (link === null || FORGOTTEN.test(link.path)) return '<a';
    const own = pages().get(link.path);
    if (own !== undefined) return `<a href="${escaped(encodeURI(own))}"`;
    if (repository === null) return '<a';
    const to = filePage(repository, snapshot.commit, link.path) + link.fragment;
    return `<a href="${escaped(to)}" rel="${OUTSIDE}"`;
  };
  // Our renderer writes `href` first and never a raw `<` in a text or an attribute.
  return (html, file, told) =>
    html.replaceAll(/<a href="([^"]*)"/g, (_, written: string) => {
      const href = unescaped(written);
      const to = lead(href, file);
      // The others lead to the same place whatever the site has.
      if (!ABSOLUTE.test(href)) told?.set(linkName(href, file), to);
      return to;
    });
}

/** Where one link leads, as attributes; without an address it is text. */
export function leadOne(leadLinks: LeadLinks, href: string, file: string): { href?: string; rel?: string } {
  const [, to, rel] =
    /^<a(?: href="([^"]*)")?(?: rel="([^"]*)")?/.exec(leadLinks(`<a href="${escaped(href)}"`, file)) ?? [];
  return { ...(to !== undefined && { href: unescaped(to) }), ...(rel !== undefined && { rel }) };
}

/** Whether all these links lead where they led. */
export const leadsAsTold = (leadLinks: LeadLinks, told: LinksTold): boolean =>
  [...told].every(([name, to]) => {
    const [file = '', href = ''] = name.split('\0');
    return leadLinks(`<a href="${escaped(href)}"`, file) === to;
  });
