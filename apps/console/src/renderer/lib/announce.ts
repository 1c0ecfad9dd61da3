/** Texts for people who are to hear of an election, in Markdown, from its data alone. Never who voted. */
import { foldLogin, isPossibleLogin, type Instant } from '@elekto/election';
import { escapeMarkdown, list, phrase, turnoutSentence, type Phrase } from '@elekto/words';
import type { ElectionOverview, Roll } from '../backend/model.ts';
import texts from '../texts/announce.json' with { type: 'json' };
import { formatUtc } from './time.ts';

export interface Announcement {
  readonly code: 'opening' | 'reminder' | 'result';
  readonly title: string;
  readonly when: string;
  /** Null while there is nothing to say. */
  readonly text: string | null;
}

const THREE_DAYS = 3 * 86_400_000;

/** Where anybody reads about the election and votes. */
export const electionPage = (site: string, key: string): string =>
  `${site}/elections/${encodeURIComponent(key)}/`;

/** The opening, the reminder three days before the end (at the opening in elections that are shorter), the result. */
export function announcementsOf(election: ElectionOverview, site: string | null): readonly Announcement[] {
  const { name, key, opensAt, closesAt, exceptionsDueAt, seats, candidates } = election;
  const say = (words: Phrase, values = {}): string => phrase(words, values, 'en');
  const values = {
    name: escapeMarkdown(name),
    closes: formatUtc(closesAt),
    url: site === null ? key : electionPage(site, key),
    seats: say(texts.seats, { n: seats }),
    candidates: say(texts.candidates, { n: candidates }),
    requests: exceptionsDueAt > opensAt ? say(texts.requests, { due: formatUtc(exceptionsDueAt) }) : '',
  };
  const draft = (code: 'opening' | 'reminder', at: Instant): Announcement => ({
    code,
    title: texts[code].title,
    when: say(texts[code].when, { at: formatUtc(at) }),
    text: `${say(texts[code].text, values).trim()}\n`,
  });
  return [
    draft('opening', opensAt),
    draft('reminder', Math.max(opensAt, closesAt - THREE_DAYS)),
    {
      code: 'result',
      title: texts.result.title,
      when: texts.result.when,
      text: resultText(election, { name: values.name, url: values.url }),
    },
  ];
}

/** What the public is told already: a result is announced by nobody before it is published. */
function resultText(
  { published: { elected, openTies }, cast, eligible, imported }: ElectionOverview,
  values: { readonly name: string; readonly url: string },
): string | null {
  if (elected === null || openTies > 0) return null;
  const names = list(
    elected.map(({ name }) => escapeMarkdown(name)),
    'en',
  );
  const said = {
    ...values,
    elected:
      elected.length === 0
        ? texts.result.nobody
        : phrase(texts.result.elected, { n: elected.length, names }, 'en'),
    turnout: cast === null || imported ? '' : turnoutSentence(cast, eligible, 'en'),
  };
  return `${phrase(texts.result.text, said, 'en').replace(/\n{3,}/g, '\n\n')}\n`;
}

/** GitHub notifies at most so many people of one comment. */
export const MENTIONED_AT_ONCE = 50;

/** `@login` of everybody on the roll, each account once, in the roll's order, so many in a batch. What is no login is left out. */
export function mentionBatches(voters: Roll['voters']): readonly string[] {
  const logins = [
    ...new Map(
      voters.filter(({ login }) => isPossibleLogin(login)).map(({ login }) => [foldLogin(login), login]),
    ).values(),
  ];
  return Array.from({ length: Math.ceil(logins.length / MENTIONED_AT_ONCE) }, (_, index) =>
    logins
      .slice(index * MENTIONED_AT_ONCE, (index + 1) * MENTIONED_AT_ONCE)
      .map((login) => `@${login}`)
      .join(' '),
  );
}
