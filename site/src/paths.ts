/**
 * The addresses of the site, for `getStaticPaths`: every page once in each language. Those of an election are the same objects for as long as
 * it is: of hundreds, a change touches one.
 */
import { keptBy } from './data/kept-by.ts';
import { allBodies, siteData } from './data/rendering.ts';
import type { PreparedCandidate, PreparedElection } from './data/prepared.ts';
import { LANGS } from './texts/index.ts';
import type { Lang } from './texts/index.ts';

/** English stands at the root, other languages below their code. */
const param = (lang: Lang) => (lang === 'en' ? undefined : lang);

export function langPaths() {
  return LANGS.map((lang) => ({ params: { lang: param(lang) }, props: { lang } }));
}

/** The addresses of all elections, and those of one, which are the same list for as long as the election is the same object. */
export interface ElectionPaths<T> {
  (): T[];
  readonly ofElection: (election: PreparedElection) => readonly T[];
}

function pathsBy<T>(make: (election: PreparedElection) => readonly T[]): ElectionPaths<T> {
  const ofElection = keptBy(make);
  return Object.assign(() => siteData().elections.flatMap(ofElection), { ofElection });
}

/** In each language. */
const pathsOf = keptBy((election) =>
  LANGS.map((lang) => ({ params: { lang: param(lang), key: election.key }, props: { lang, election } })),
);

/** A page of each election that `which` takes, by the election alone. */
export const electionPaths = (which: (election: PreparedElection) => boolean = () => true) =>
  pathsBy((election) => (which(election) ? pathsOf(election) : []));

export interface CandidateProps {
  lang: Lang;
  election: PreparedElection;
  candidate: PreparedCandidate;
}

export const candidatePaths = pathsBy((election) =>
  pathsOf(election).flatMap(({ params, props }) =>
    election.candidates
      .filter(({ slug }) => slug !== '')
      .map((candidate) => ({
        params: { ...params, id: candidate.slug },
        props: { ...props, candidate } satisfies CandidateProps,
      })),
  ),
);

export function bodyPaths() {
  return LANGS.flatMap((lang) =>
    allBodies().map((body) => ({ params: { lang: param(lang), slug: body.slug }, props: { lang, body } })),
  );
}
