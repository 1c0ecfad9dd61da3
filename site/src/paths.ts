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

/** In each language. */
const pathsOf = keptBy((election) =>
  LANGS.map((lang) => ({ params: { lang: param(lang), key: election.key }, props: { lang, election } })),
);

export function electionPaths(which: (election: PreparedElection) => boolean = () => true) {
  return siteData().elections.filter(which).flatMap(pathsOf);
}

export interface CandidateProps {
  lang: Lang;
  election: PreparedElection;
  candidate: PreparedCandidate;
}

const candidatePathsOf = keptBy((election) =>
  pathsOf(election).flatMap(({ params, props }) =>
    election.candidates
      .filter(({ slug }) => slug !== '')
      .map((candidate) => ({
        params: { ...params, id: candidate.slug },
        props: { ...props, candidate } satisfies CandidateProps,
      })),
  ),
);

export function candidatePaths() {
  return siteData().elections.flatMap(candidatePathsOf);
}

export function bodyPaths() {
  return LANGS.flatMap((lang) =>
    allBodies().map((body) => ({ params: { lang: param(lang), slug: body.slug }, props: { lang, body } })),
  );
}
