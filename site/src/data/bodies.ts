/** Bodies across years: who was elected when, who serves now and until when, and what is not known. */
import { bodySlug, termEnds } from '@elekto/election';
import type { Instant } from '@elekto/election';
import { electedIn, seatedOf } from '@elekto/protocol/published';
import { headline, openTieSentences } from '@elekto/words';
import type { Lang } from '../texts/index.ts';
import { namesIn } from './prepared.ts';
import type { PreparedCandidate, PreparedElection, SiteData } from './prepared.ts';

/** One election of a body. */
export interface BodyTerm {
  readonly election: PreparedElection;
  /** Who is elected by a result on which box and files agree; null where there is none, whatever is written elsewhere. */
  readonly elected: readonly PreparedCandidate[] | null;
  readonly endsAt: Instant | null;
}

export interface Serving {
  readonly candidate: PreparedCandidate;
  readonly election: PreparedElection;
  readonly until: Instant;
}

export interface Body {
  readonly name: string;
  /** The part of the address that stands for the body. */
  readonly slug: string;
  /** Newest first. */
  readonly terms: readonly BodyTerm[];
  /** Whose term has not ended, by results and terms alone; nobody has to have stayed. In the order of the terms' ends. */
  readonly serving: readonly Serving[];
  /** Elections that may have put somebody in who serves now, of which this cannot be told: no agreed result, or no term. */
  readonly unknown: readonly BodyTerm[];
}

/** Every body that an election names, and those that the names of two or more elections have in common. */
export function bodiesOf({ elections, generatedAt }: Pick<SiteData, 'elections' | 'generatedAt'>): Body[] {
  const groups = Map.groupBy(
    elections.filter(({ body }) => body !== null),
    ({ body }) => bodySlug(body?.name ?? ''),
  );
  return [...groups]
    .filter(([, all]) => all.length > 1 || all.some(({ body }) => body?.isNamed))
    .map(([slug, all]) => bodyAt(slug, all, generatedAt))
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

function bodyAt(slug: string, elections: readonly PreparedElection[], now: Instant): Body {
  const terms = elections.toSorted((a, b) => b.closesAt - a.closesAt).map(termOf);
  const named = terms.find(({ election }) => election.body?.isNamed) ?? terms[0];
  const over = terms.filter(({ election }) => election.status === 'ended' || election.status === 'results');
  return { name: named?.election.body?.name ?? slug, slug, terms, ...servingAt(over, now) };
}

function termOf(election: PreparedElection): BodyTerm {
  const elected = electedIn(election.published);
  const people = new Map(election.candidates.map((each) => [each.id, each]));
  return {
    election,
    elected: elected && elected.flatMap((id) => people.get(id) ?? nobodyKnown(id)),
    endsAt: election.termEndsAt,
  };
}

/** Somebody in a result of whom no file is left. */
const nobodyKnown = (id: string): PreparedCandidate => ({
  id,
  slug: '',
  name: id,
  label: id,
  standing: 'gone',
  fields: [],
  endorsements: [],
  answers: [],
  bio: '',
});

function servingAt(over: readonly BodyTerm[], now: Instant): Pick<Body, 'serving' | 'unknown'> {
  const serving = new Map<string, Serving>();
  for (const { election, elected, endsAt } of over.toReversed()) {
    if (elected === null || endsAt === null || endsAt < now) continue;
    for (const candidate of elected) {
      const until = endFor(election, candidate.id);
      if (until !== null && until >= now) serving.set(candidate.id, { candidate, election, until });
    }
  }
  // Before the newest election of which everything is known, what lacks a term is taken to be over.
  const told = over.findIndex(({ elected, endsAt }) => elected !== null && endsAt !== null);
  const unknown = over.filter(({ elected, endsAt }, at) => {
    if (endsAt !== null) return endsAt >= now && elected === null;
    return told < 0 ? at === 0 : at < told;
  });
  return { serving: [...serving.values()].sort((a, b) => a.until - b.until), unknown };
}

/** Until when somebody serves who was elected: the term of their own where terms differ. */
function endFor(
  { closesAt, termEndsAt, houseRules, published }: PreparedElection,
  id: string,
): Instant | null {
  const terms = houseRules?.terms;
  if (terms === undefined) return termEndsAt;
  const served = seatedOf(published)?.seats.terms?.find(({ elected }) => elected.includes(id));
  return termEnds({ closesAt, terms }).get(served?.term ?? '') ?? null;
}

/** What an agreed result says of seats that nobody takes: a quorum that was missed, a tie. Empty without such a result. */
export function seatsLeftOpen(election: PreparedElection, lang: Lang): string[] {
  const seated = seatedOf(election.published);
  if (seated === null) return [];
  const names = namesIn(election);
  const nobody = seated.seats.elected.length === 0 ? [headline(seated, names, lang)] : [];
  return [...nobody, ...openTieSentences(seated, names, lang)];
}
