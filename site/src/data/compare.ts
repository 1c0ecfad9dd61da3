/** Profiles side by side. */
import { plainWords } from '../build/prepare.ts';
import { MOST_CHOSEN } from '../chosen-css.ts';
import type { PreparedCandidate, PreparedElection } from './prepared.ts';

/** Characters of HTML of all bios together; beyond it the page would weigh more than pages may. */
const ROOM = 42_000;

/** Who can be compared: everybody with a profile, where they are few enough for one page. */
export function comparable({
  candidates,
}: Pick<PreparedElection, 'candidates'>): readonly PreparedCandidate[] {
  const profiles = candidates.filter(({ slug }) => slug !== '');
  return profiles.length > MOST_CHOSEN ? [] : profiles;
}

export interface Comparison {
  /** `text` is the bio's HTML, or its opening in plain words where it is not `whole`. */
  readonly profiles: readonly (PreparedCandidate & { readonly text: string })[];
  /** Names of the fields that anybody gives, in the election's order. */
  readonly fields: readonly string[];
  readonly whole: boolean;
}

/** All profiles of an election as one page can bear them. */
export function profilesToCompare(election: Pick<PreparedElection, 'candidates'>): Comparison {
  const profiles = comparable(election);
  const whole = profiles.reduce((sum, { bio }) => sum + bio.length, 0) <= ROOM;
  const opening = Math.floor(ROOM / 2 / Math.max(1, profiles.length));
  return {
    profiles: profiles.map((profile, i) => ({
      ...profile,
      text: whole ? withOwnIds(profile.bio, i + 1) : plainWords(profile.bio, opening),
    })),
    fields: [...new Set(profiles.flatMap(({ fields }) => fields.map(({ name }) => name)))],
    whole,
  };
}

/** Footnotes of several texts on one page keep their own places. */
export const withOwnIds = (bio: string, n: number): string =>
  bio.replaceAll(
    /( id="| href="#| aria-(?:labelledby|describedby)=")(user-content-|footnote-label)/g,
    `$1p${n}-$2`,
  );

/** The profiles before and after one, around the corner at the ends; null where there is no other. */
export function neighboursOf(
  election: Pick<PreparedElection, 'candidates'>,
  candidate: PreparedCandidate,
): { readonly previous: PreparedCandidate; readonly next: PreparedCandidate } | null {
  const profiles = election.candidates.filter(({ slug }) => slug !== '');
  const at = profiles.findIndex(({ id }) => id === candidate.id);
  const previous = profiles.at(at - 1);
  const next = profiles[(at + 1) % profiles.length];
  return at < 0 || profiles.length < 2 || !previous || !next ? null : { previous, next };
}
