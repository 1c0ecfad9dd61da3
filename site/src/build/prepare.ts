/** From the snapshot to what pages render: Markdown, counts, statuses. Pure but for the Markdown cache it is given. */
import { randomUUID } from 'node:crypto';
import { answersIn, bodyOf, fieldValue, matchIds, termEnd, type Candidate } from '@elekto/election';
import { labelsOf } from '@elekto/protocol/manifest';
import { agreedResult, publishedResult, publishedTurnout } from '@elekto/protocol/published';
import type { PublishedResult } from '@elekto/protocol/published';
import { ruleOf } from '@elekto/protocol/rule';
import { nameOf } from '@elekto/words';
import type { SiteElection, SiteSnapshot } from '../data/model.ts';
import { digestOf } from './facts.ts';
import { leadsAsTold, linkLeader } from './links.ts';
import type { LeadLinks, LinksTold } from './links.ts';
import { slugOf } from '../data/prepared.ts';
import type {
  NominationForm,
  PreparedCandidate,
  PreparedElection,
  SiteData,
  Standing,
} from '../data/prepared.ts';

type Render = (markdown: string, top?: number) => string;
/** Markdown of a file of the repository as safe HTML whose links lead somewhere. */
type RenderFile = (markdown: string, top: number, file: string) => string;

/** A wide table scrolls in its own box, which a keyboard can reach. */
export function boxTables(html: string): string {
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

/** States in which something of a result lies in the repository. */
const WITH_FILES: ReadonlySet<PublishedResult['state']> = new Set([
  'signed',
  'recounted',
  'superseded',
  'disputed',
  'report',
]);

/** The public status. While ballots are taken nothing counts as a result, whatever files are there. */
function statusOf(election: SiteElection, published: PublishedResult): PreparedElection['status'] {
  if (WITH_FILES.has(published.state)) return 'results';
  const closed = election.state !== null && election.state !== 'open';
  return closed ? 'ended' : election.phase;
}

function shownFields(election: SiteElection, candidate: Candidate): PreparedCandidate['fields'] {
  return election.shownFields.flatMap((name) => {
    const value = fieldValue(candidate, name);
    return value === null ? [] : [{ name, value }];
  });
}

/** Who is on the paper, under the pinned names, then who is only in the files. Without a box: who is in the files. */
function candidatesOf(election: SiteElection, render: RenderFile): PreparedCandidate[] {
  const labels = labelsOf(election.manifest ?? null, election.candidates);
  return unlabelled(election, render).map((each) => ({ ...each, label: nameOf(labels, each.id) }));
}

function unlabelled(election: SiteElection, render: RenderFile): Omit<PreparedCandidate, 'label'>[] {
  const { manifest, candidates: found } = election;
  const shown = (candidate: Candidate, standing: Standing, pinned?: { id: string; name: string }) => ({
    id: pinned?.id ?? candidate.id,
    slug: slugOf(candidate.id),
    name: pinned?.name ?? candidate.name,
    standing,
    fields: shownFields(election, candidate),
    bio: render(candidate.bio, 2, candidate.file),
    endorsements: candidate.endorsedBy ?? [],
    answers: answersIn(candidate.bio, election.questions ?? []).map((answer) =>
      answer === null ? '' : render(answer, 4, candidate.file),
    ),
  });
  const own = (candidate: Candidate) => (candidate.withdrawn === undefined ? 'standing' : 'withdrawn');
  if (!manifest) return found.map((candidate) => shown(candidate, own(candidate)));
  const names = manifest.version === 1 ? {} : manifest.names;
  const { matched, added } = matchIds(manifest.candidates, found);
  const onPaper = manifest.candidates.map((id): Omit<PreparedCandidate, 'label'> => {
    const candidate = matched.get(id);
    const name = (Object.hasOwn(names, id) ? names[id] : candidate?.name) ?? id;
    return candidate
      ? shown(candidate, own(candidate), { id, name })
      : { id, slug: '', name, standing: 'gone', fields: [], bio: '', endorsements: [], answers: [] };
  });
  return [
    ...onPaper,
    ...added.map((each) => shown(each, each.withdrawn === undefined ? 'late' : 'withdrawn')),
  ];
}

/** By the ballots where there are any, else by the files. */
function custodyOf({ manifest, custody }: SiteElection): PreparedElection['custody'] {
  if (manifest) {
    return manifest.suite === 2 ? { officers: manifest.officers, threshold: manifest.threshold } : null;
  }
  const board = custody?.board;
  return board ? { officers: board.officers.map(({ login }) => login), threshold: board.threshold } : null;
}

/** One election as its pages show it. */
function prepareElection(
  election: SiteElection,
  markdown: Render,
  published: PublishedResult,
  leadLinks: LeadLinks,
): PreparedElection {
  const renderFile: RenderFile = (text, top, file) => leadLinks(boxTables(markdown(text, top)), file);
  /** A file of the election's folder; which one makes no difference to where a link leads. */
  const render = (text: string, top: number) => renderFile(text, top, `${election.folder}/election.yaml`);
  const description = render(election.description, 3);
  const agreed = agreedResult(published);
  const outcome = agreed?.recount ?? null;
  const status = statusOf(election, published);
  const isPublished = status === 'results';
  const turnout = publishedTurnout(published, election);
  const eligible = turnout?.eligible ?? election.eligible ?? election.voters?.length ?? 0;
  // Where there is a box, what it holds decides: the files may have been changed since the first ballot.
  const rule = election.manifest ? ruleOf(election.manifest, { struck: [], eligible }) : ruleOf(election);
  const source = election.manifest ?? election;
  const houseRules = 'houseRules' in source ? source.houseRules : undefined;
  const { limit, counting, seats } = rule;
  return {
    key: election.key,
    folder: election.folder,
    name: election.name,
    organization: election.organization,
    body: bodyOf(election),
    termEndsAt: termEnd({ ...election, terms: houseRules?.terms }),
    opensAt: election.opensAt,
    closesAt: election.closesAt,
    closedAt: election.closedAt ?? null,
    publishedAt: election.publishedAt ?? null,
    exceptionsDueAt: election.exceptionsDueAt,
    seats,
    allowNoOpinion: election.manifest?.allowNoOpinion ?? election.allowNoOpinion,
    method: counting.method,
    counting,
    limit: limit && { field: limit.field, max: limit.max },
    limitValues: limit?.values ?? null,
    edition: rule.edition ?? 3,
    houseRules: houseRules ?? null,
    groupValues: rule.houseRules?.groups?.values ?? null,
    officers: election.officers,
    custody: custodyOf(election),
    boxes: election.boxes ?? [],
    phase: election.phase,
    status,
    state: election.state,
    stale: election.stale ?? false,
    eligible,
    cast: turnout?.cast ?? election.cast ?? null,
    description,
    eligibility: render(election.eligibility, 3),
    exceptionDescription: render(election.exceptionDescription, 4),
    results: !isPublished || election.results === null ? null : render(election.results, 3),
    ballotsCsv: isPublished ? election.ballotsCsv : null,
    resultsJson: isPublished ? election.resultsJson : null,
    count: published.state === 'counting' ? (election.count ?? null) : null,
    published,
    outcome,
    resultKey: election.box?.state === 'counted' ? election.box.publicKey : null,
    links: election.links ?? null,
    drift: election.drift ?? [],
    candidates: candidatesOf(election, renderFile),
    nominations: election.nominations ?? null,
    form: election.nominations === undefined ? null : formOf(election),
    questions: (election.questions ?? []).map(({ title, text }) => ({ title, text: render(text, 3) })),
    summary: plainWords(description),
  };
}

const formOf = ({
  template = '',
  questions = [],
  shownFields,
  candidates,
}: SiteElection): NominationForm => ({
  template,
  questions,
  shownFields,
  others: candidates.map(({ id, name, file }) => ({ id, name, file })),
});

/** What an election was prepared from, and into what: the same from the same, as long as its links lead where they led. */
interface Kept {
  readonly input: string;
  readonly published: PublishedResult;
  readonly links: LinksTold;
  readonly prepared: PreparedElection;
  /** Of all that it was prepared from. */
  readonly digest: string;
}

const digests = new WeakMap<SiteElection, string>();

/** Worked out once for an election that is the same object from build to build. */
function digestOfElection(election: SiteElection): string {
  const known = digests.get(election) ?? digestOf(JSON.stringify(election));
  digests.set(election, known);
  return known;
}

/** Elections as the builds before prepared them, by key. Those that are gone go from it. */
export type KeptElections = Map<string, Kept>;

export interface PrepareOptions {
  readonly kept?: KeptElections;
  /** How many texts could not be rendered in time so far: what has one is prepared anew the next time. */
  readonly late?: () => number;
}

/** Everything pages need, except what the bundler made. */
export async function prepareSnapshot(
  snapshot: SiteSnapshot,
  markdown: Render,
  { kept = new Map(), late = () => 0 }: PrepareOptions = {},
): Promise<Omit<SiteData, 'islands' | 'css' | 'organisation'>> {
  const knownKeys = snapshot.resultsKeys ?? [];
  const keysDigest = digestOf(JSON.stringify(knownKeys));
  const inputs = new Map<string, string>();
  const results = new Map<string, PublishedResult>();
  for (const election of snapshot.elections) {
    const { key, phase, box = { state: 'none' } } = election;
    const input = `${digestOfElection(election)} ${keysDigest}`;
    inputs.set(key, input);
    const before = kept.get(key);
    results.set(
      key,
      before?.input === input ? before.published : await publishedResult({ election, phase, box, knownKeys }),
    );
  }
  const resultOf = (key: string): PublishedResult => results.get(key) ?? { state: 'none' };
  const leadLinks = linkLeader(snapshot, (key) => WITH_FILES.has(resultOf(key).state));
  for (const key of kept.keys()) if (!inputs.has(key)) kept.delete(key);
  for (const election of snapshot.elections) {
    const input = inputs.get(election.key) ?? '';
    const before = kept.get(election.key);
    if (before?.input === input && leadsAsTold(leadLinks, before.links)) continue;
    const lateBefore = late();
    const links: LinksTold = new Map();
    const published = resultOf(election.key);
    const lead: LeadLinks = (html, file) => leadLinks(html, file, links);
    const prepared = prepareElection(election, markdown, published, lead);
    const settled = late() === lateBefore;
    const digest = digestOf(JSON.stringify([input, [...links], settled ? '' : randomUUID()]));
    kept.set(election.key, { input: settled ? input : '', published, links, prepared, digest });
  }
  return {
    commit: snapshot.commit,
    generatedAt: snapshot.generatedAt,
    contentLanguage: snapshot.organisation.contentLanguage ?? 'en',
    apiOrigin: snapshot.apiOrigin ?? '',
    siteOrigin: (snapshot.siteOrigin ?? '').replace(/\/$/, ''),
    signIn: snapshot.signIn ?? { name: 'GitHub', profiles: 'https://github.com' },
    sourceUrl: snapshot.sourceUrl ?? null,
    sourceHost: snapshot.sourceHost ?? null,
    sourceBranch: snapshot.sourceBranch ?? null,
    previewOf: snapshot.previewOf ?? null,
    version: snapshot.version ?? '',
    elections: snapshot.elections.flatMap(({ key }) => kept.get(key)?.prepared ?? []),
    unreadable: snapshot.unreadable ?? [],
    resultsKeys: knownKeys,
  };
}
