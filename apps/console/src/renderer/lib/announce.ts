/** Texts for people who are to hear of an election, in Markdown, from its data alone. Never who voted. */
import { foldLogin, hasEnded, isPossibleLogin, type Instant, type LoginRule } from '@elekto/election';
import {
  announce,
  escapeMarkdown,
  phrase,
  type AnnouncedElection,
  type AnnouncementCode,
  type Marks,
} from '@elekto/words';
import type { ElectionOverview, Roll, SignInProvider } from '../backend/model.ts';
import { areAccountsOfGitHub } from './github.ts';
import texts from '../texts/announce.json' with { type: 'json' };
import { formatUtc } from './time.ts';

export interface Announcement {
  readonly code: AnnouncementCode;
  readonly title: string;
  readonly when: string;
  /** Null while there is nothing to say. */
  readonly text: string | null;
  /** Why there is nothing to say. */
  readonly wait: string;
}

const DAY = 86_400_000;
const THREE_DAYS = 3 * DAY;

const remindsAt = ({ opensAt, closesAt }: Pick<ElectionOverview, 'opensAt' | 'closesAt'>): Instant =>
  Math.max(opensAt, closesAt - THREE_DAYS);

/** The one that fits the moment: the next to be sent, that of the opening for a day after it. */
export function fittingNow(
  { stage, opensAt, closesAt, published: { elected, openTies } }: ElectionOverview,
  now: Instant,
): AnnouncementCode {
  if (now < opensAt || stage === 'waiting') return 'opening';
  if (hasEnded({ closesAt }, now)) return elected === null || openTies > 0 ? 'closing' : 'result';
  return now < Math.min(opensAt + DAY, remindsAt({ opensAt, closesAt })) ? 'opening' : 'reminder';
}

/** Where anybody reads about the election and votes. */
export const electionPage = (site: string, key: string): string =>
  `${site}/elections/${encodeURIComponent(key)}/`;

const MARKDOWN: Marks = { plain: escapeMarkdown, strong: (text) => `**${text}**` };

/** The opening, the reminder three days before the end (at the opening in elections that are shorter), the end, the result. */
export function announcementsOf(election: ElectionOverview, site: string | null): readonly Announcement[] {
  const { key, opensAt, closesAt } = election;
  const told = { ...election, ...resultTold(election), url: site === null ? key : electionPage(site, key) };
  const text = (code: AnnouncementCode): string => {
    const { title, paragraphs } = announce(code, told, MARKDOWN, 'en');
    return `# ${title}\n\n${paragraphs.join('\n\n')}\n`;
  };
  const draft = (code: Exclude<AnnouncementCode, 'result'>, at: Instant): Announcement => ({
    code,
    title: texts[code].title,
    when: phrase(texts[code].when, { at: formatUtc(at) }, 'en'),
    // Nobody is told of a vote on nobody.
    text: election.candidates === 0 ? null : text(code),
    wait: texts['nobody-stands'],
  });
  return [
    draft('opening', opensAt),
    draft('reminder', remindsAt(election)),
    draft('closing', closesAt),
    {
      code: 'result',
      title: texts.result.title,
      when: texts.result.when,
      text: told.elected === null ? null : text('result'),
      wait: texts.result.wait,
    },
  ];
}

/** What the public is told already: a result is announced by nobody before it is published. */
function resultTold({
  published: { elected, openTies },
  cast,
  eligible,
  imported,
}: ElectionOverview): Pick<AnnouncedElection, 'elected' | 'turnout'> {
  return {
    elected: elected === null || openTies > 0 ? null : elected.map(({ name }) => name),
    turnout: cast === null || imported ? null : { cast, eligible },
  };
}

/** GitHub notifies at most so many people of one comment; elsewhere a comment stays readable. */
export const MENTIONED_AT_ONCE = 50;

/** `@login` of everybody on the roll, each account once, in the roll's order, so many in a batch. What is no login is left out. */
export function mentionBatches(voters: Roll['voters'], rule?: LoginRule): readonly string[] {
  const logins = [
    ...new Map(
      voters
        .filter(({ login }) => isPossibleLogin(login))
        .map(({ login }) => [foldLogin(login, rule), login]),
    ).values(),
  ];
  return Array.from({ length: Math.ceil(logins.length / MENTIONED_AT_ONCE) }, (_, index) =>
    logins
      .slice(index * MENTIONED_AT_ONCE, (index + 1) * MENTIONED_AT_ONCE)
      .map((login) => `@${login}`)
      .join(' '),
  );
}

/** What there is to know of mentions where these accounts are. */
export function mentionsLead(provider: SignInProvider): string {
  const { lead, github, elsewhere } = texts.mentions;
  const values = { n: MENTIONED_AT_ONCE, provider: provider.name };
  const more = areAccountsOfGitHub(provider) ? github : provider.profiles === null ? elsewhere : '';
  return [lead, more]
    .map((text) => phrase(text, values, 'en'))
    .join(' ')
    .trim();
}
