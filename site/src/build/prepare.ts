/** From the snapshot to what pages render: Markdown, counts, statuses. Pure but for the Markdown cache it is given. */
import { countCsv, ruleOf } from '@elekto/protocol/rule';
import type { Outcome } from '@elekto/tally';
import { fieldValue, type Candidate } from '@elekto/election';
import type { SiteElection, SiteSnapshot } from '../data/model.ts';
import { slugOf } from '../data/prepared.ts';
import type { PreparedCandidate, PreparedElection, SiteData } from '../data/prepared.ts';

type Render = (markdown: string, top?: number) => string;

/** A wide table scrolls in its own box, which a keyboard can reach. */
function boxTables(html: string): string {
  return html
    .replaceAll('<table>', '<div class="scroll" tabindex="0" role="group"><table>')
    .replaceAll('</table>', '</table></div>');
}

/** The first plain words of rendered Markdown, for descriptions in search results and share cards. */
export function plainWords(html: string, most = 180): string {
  const text = html
    .replace(/<(pre|table|h\d)[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(?:#x([0-9a-f]+)|#(\d+));/gi, (_, hex: string, dec: string) =>
      String.fromCodePoint(hex ? parseInt(hex, 16) : Number(dec)),
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length <= most) return text;
  return `${text.slice(0, text.lastIndexOf(' ', most))} …`;
}

/** The public status. While ballots are taken nothing counts as a result, whatever files are there. */
export function statusOf(election: SiteElection): PreparedElection['status'] {
  const closed = election.state !== null && election.state !== 'open';
  if (election.phase !== 'ended' && !closed) return election.phase;
  return election.results !== null || election.ballotsCsv !== null ? 'results' : 'ended';
}

function shownFields(election: SiteElection, candidate: Candidate): PreparedCandidate['fields'] {
  return election.shownFields.flatMap((name) => {
    const value = fieldValue(candidate, name);
    return value === null ? [] : [{ name, value }];
  });
}

/** Counts published ballots by the election's own rule. */
export function countPublished(election: SiteElection): {
  outcome: Outcome | null;
  countError: string | null;
} {
  if (election.ballotsCsv === null) return { outcome: null, countError: null };
  try {
    return { outcome: countCsv(ruleOf(election), election.ballotsCsv), countError: null };
  } catch (error) {
    return { outcome: null, countError: (error as Error).message };
  }
}

/** One election as its pages show it. */
export function prepareElection(election: SiteElection, markdown: Render): PreparedElection {
  const render: Render = (text, top = 2) => boxTables(markdown(text, top));
  const description = render(election.description, 3);
  const status = statusOf(election);
  // Ballots lie in the repository only after the close; were they there before, nobody would see them here.
  const published = status === 'results';
  const { outcome, countError } = published ? countPublished(election) : { outcome: null, countError: null };
  const eligible = election.eligible ?? election.voters?.length ?? 0;
  const counted = outcome === null ? null : Number(outcome.counts.cast);
  return {
    key: election.key,
    name: election.name,
    organization: election.organization,
    opensAt: election.opensAt,
    closesAt: election.closesAt,
    exceptionsDueAt: election.exceptionsDueAt,
    seats: election.seats,
    allowNoOpinion: election.allowNoOpinion,
    method: election.counting.method,
    counting: election.counting,
    limit: election.representationLimit,
    limitValues: ruleOf(election).limit?.values ?? null,
    officers: election.officers,
    phase: election.phase,
    status,
    state: election.state,
    stale: election.stale ?? false,
    eligible,
    cast: election.cast ?? counted,
    description,
    eligibility: render(election.eligibility, 3),
    exceptionDescription: render(election.exceptionDescription, 4),
    results: !published || election.results === null ? null : render(election.results, 3),
    ballotsCsv: published ? election.ballotsCsv : null,
    resultsJson: published ? election.resultsJson : null,
    outcome,
    countError,
    candidates: election.candidates.map((candidate) => ({
      id: candidate.id,
      slug: slugOf(candidate.id),
      name: candidate.name,
      fields: shownFields(election, candidate),
      bio: render(candidate.bio),
    })),
    summary: plainWords(description),
  };
}

/** Everything pages need, except what the bundler made. */
export function prepareSnapshot(
  snapshot: SiteSnapshot,
  markdown: Render,
): Omit<SiteData, 'islands' | 'css' | 'organisation'> {
  return {
    commit: snapshot.commit,
    generatedAt: snapshot.generatedAt,
    contentLanguage: snapshot.organisation.contentLanguage ?? 'en',
    apiOrigin: snapshot.apiOrigin ?? '',
    siteOrigin: (snapshot.siteOrigin ?? '').replace(/\/$/, ''),
    sourceUrl: snapshot.sourceUrl ?? null,
    version: snapshot.version ?? '',
    elections: snapshot.elections.map((election) => prepareElection(election, markdown)),
    unreadable: snapshot.unreadable ?? [],
  };
}
