/** The addresses of the site, for `getStaticPaths`: every page once in each language. */
import { allBodies, siteData } from './data/rendering.ts';
import type { PreparedCandidate, PreparedElection } from './data/prepared.ts';
import { LANGS } from './texts/index.ts';
import type { Lang } from './texts/index.ts';

/** English stands at the root, other languages below their code. */
const param = (lang: Lang) => (lang === 'en' ? undefined : lang);

export function langPaths() {
  return LANGS.map((lang) => ({ params: { lang: param(lang) }, props: { lang } }));
}

export function electionPaths(which: (election: PreparedElection) => boolean = () => true) {
  return LANGS.flatMap((lang) =>
    siteData()
      .elections.filter(which)
      .map((election) => ({ params: { lang: param(lang), key: election.key }, props: { lang, election } })),
  );
}

export interface CandidateProps {
  lang: Lang;
  election: PreparedElection;
  candidate: PreparedCandidate;
}

export function candidatePaths() {
  return electionPaths().flatMap(({ params, props }) =>
    props.election.candidates
      .filter(({ slug }) => slug !== '')
      .map((candidate) => ({
        params: { ...params, id: candidate.slug },
        props: { ...props, candidate } satisfies CandidateProps,
      })),
  );
}

export function bodyPaths() {
  return LANGS.flatMap((lang) =>
    allBodies().map((body) => ({ params: { lang: param(lang), slug: body.slug }, props: { lang, body } })),
  );
}
