import { foldFieldValue } from '../candidate/field-value.ts';
import { foldLogin, type LoginRule } from '../login.ts';
import type { Candidate, Election, Endorsement, Nominations, Uncounted } from '../model.ts';
import { isEligible } from '../roll/roll-names.ts';

/** The candidate with each endorsement judged by the election's rules; as it is where there are none. */
export function judgeEndorsements(
  candidate: Candidate,
  nominations: Nominations | undefined,
  election: Pick<Election, 'voters'> & LoginRule,
): Candidate {
  if (candidate.endorsedBy === undefined || nominations === undefined) return candidate;
  const people = new Set<string>();
  const values = new Set<string>();
  const judge = ({ login, value }: Endorsement): Uncounted | null => {
    const folded = foldLogin(login, election);
    const shared = foldFieldValue(value);
    if (folded === foldLogin(candidate.id, election)) return 'self';
    if (people.has(folded)) return 'twice';
    if (nominations.endorsers === 'voters' && !isEligible(election, login)) return 'not-on-roll';
    if (nominations.distinct !== null && shared === '') return 'no-value';
    if (nominations.distinct !== null && values.has(shared)) return 'same-value';
    people.add(folded);
    values.add(shared);
    return null;
  };
  return {
    ...candidate,
    endorsedBy: candidate.endorsedBy.map((each) => {
      const uncounted = judge(each);
      return uncounted === null ? each : { ...each, uncounted };
    }),
  };
}

/** How many endorsements of a candidate count. */
export function countedEndorsements({ endorsedBy = [] }: Pick<Candidate, 'endorsedBy'>): number {
  return endorsedBy.filter(({ uncounted }) => uncounted === undefined).length;
}
