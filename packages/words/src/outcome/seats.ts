import type { AppliedDecision, OpenTie, Outcome, SkippedCandidate } from '@elekto/tally';

import type { Lang } from '../languages.ts';
import { nameOf } from '../names.ts';
import { ratioIn, termIn } from './house-rules.ts';
import type { Names } from '../names.ts';
import { say } from '../say.ts';

/** What sentences about seats are made of: a whole outcome, or only what was signed of it. */
export type Seated = Pick<Outcome, 'seats' | 'options' | 'counts'>;

const naming = (names: Names) => (ids: readonly string[]) => ids.map((id) => nameOf(names, id));

/**
 * The sentence that goes before everything else: who is elected, or in a count for a vacancy who takes it; or what leaves it
 * open: a quorum that was missed, or a tie. Only `seats.elected` makes it, and who kept a seat.
 */
export function headline(outcome: Seated, names: Names, lang: Lang): string {
  const { quorum = 0, sitting = [] } = outcome.options;
  const elected = newlySeated(outcome);
  if (elected.length > 0) {
    const code = sitting.length > 0 ? 'takes-seat' : 'elected';
    return say(lang, 'outcome', code, { n: elected.length, names: naming(names)(elected) });
  }
  if (quorumMissed(outcome)) return say(lang, 'outcome', 'quorum-missed', { n: outcome.counts.cast, quorum });
  const [tie] = outcome.seats.openTies;
  if (tie !== undefined) return tieSentence(outcome, tie, names, lang);
  return say(lang, 'outcome', sitting.length > 0 ? 'seat-stays-vacant' : 'nobody-elected');
}

/** Who was elected and had no seat before. */
function newlySeated({ seats, options: { sitting = [] } }: Seated): string[] {
  return seats.elected.filter((id) => !sitting.includes(id));
}

const quorumMissed = ({ options, counts }: Seated): boolean => counts.cast < (options.quorum ?? 0);

/** A tie that the ballots leave open. */
export function tieSentence(outcome: Seated, tie: OpenTie, names: Names, lang: Lang): string {
  return say(lang, 'outcome', `open-${tieCode(outcome, tie)}`, {
    ...placeOf(outcome, tie, lang),
    names: naming(names)(tie.candidates),
  });
}

/** How people decided a tie. */
export function decisionSentence(
  outcome: Seated,
  decision: AppliedDecision,
  names: Names,
  lang: Lang,
): string {
  return say(lang, 'outcome', `decided-${tieCode(outcome, decision)}`, {
    ...placeOf(outcome, decision, lang),
    names: naming(names)(decision.candidates),
    winners: naming(names)(decision.winners),
    how: decision.how,
  });
}

/** Whose seats they are: every one, the last of all, of a value under the limit, of a group that has seats of its own, or of a term. */
function tieCode(
  { options, seats: { available } }: Seated,
  { seats, value, term }: OpenTie,
): 'tie-every' | 'tie' | 'tie-limit' | 'tie-group' | 'tie-term' {
  if (term !== undefined) return 'tie-term';
  if (value === null) return seats === available ? 'tie-every' : 'tie';
  return Object.hasOwn(options.groups?.seats ?? {}, value) ? 'tie-group' : 'tie-limit';
}

const placeOf = ({ options }: Seated, { seats, value, term }: OpenTie, lang: Lang) => ({
  n: seats,
  field: options.limit?.field ?? options.groups?.field ?? '',
  value: value ?? '',
  term: termIn(term ?? '', lang),
});

/** Why a candidate was passed over. */
export function passedOverSentence(
  { options }: Pick<Seated, 'options'>,
  skipped: SkippedCandidate,
  names: Names,
  lang: Lang,
): string {
  const name = nameOf(names, skipped.candidate);
  switch (skipped.code) {
    case 'limit': {
      const { value, elected } = skipped;
      const n = options.limit?.max ?? 0;
      const full = elected.length === n && n > 0;
      return say(lang, 'outcome', full ? 'passed-over-taken' : 'passed-over', {
        n,
        name,
        field: options.limit?.field ?? '',
        value,
        taken: naming(names)(elected),
      });
    }
    case 'kept':
      return say(lang, 'outcome', 'passed-over-kept', {
        n: skipped.seats,
        name,
        field: options.groups?.field ?? '',
        values: skipped.values,
      });
    case 'below-minimum': {
      const { minimumShare = { part: 0, whole: 1 } } = options;
      const { opinions, ballots } = skipped;
      return say(lang, 'outcome', 'passed-over-minimum', {
        name,
        opinions,
        ballots,
        share: ratioIn(minimumShare),
      });
    }
    case 'none-of-the-above':
      return say(lang, 'outcome', 'passed-over-none', { name });
    case 'not-over-none':
      return notOverNone(options, skipped, names, lang);
  }
}

function notOverNone(
  { noneOfTheAbove }: Seated['options'],
  skipped: Extract<SkippedCandidate, { code: 'not-over-none' }>,
  names: Names,
  lang: Lang,
): string {
  const { candidate = '', majority = { part: 1, whole: 1 }, support = 0 } = noneOfTheAbove ?? {};
  const { for: given, against } = skipped;
  const ratio = `${majority.part}:${majority.whole}`;
  const [name, none] = [nameOf(names, skipped.candidate), nameOf(names, candidate)];
  const values = {
    name,
    none,
    for: say(lang, 'outcome', 'preferring', { n: given, name }),
    against: say(lang, 'outcome', 'preferring', { n: against, name: none }),
    ratio,
    support,
  };
  if (given <= against) return say(lang, 'outcome', 'passed-over-not-over-none', values);
  return say(
    lang,
    'outcome',
    given < support ? 'passed-over-support' : 'passed-over-short-of-majority',
    values,
  );
}

/** The ties that the ballots leave open, without the one that is the headline. */
export function openTieSentences(outcome: Seated, names: Names, lang: Lang): string[] {
  const { openTies } = outcome.seats;
  const told = newlySeated(outcome).length > 0 || quorumMissed(outcome) ? 0 : 1;
  return openTies.slice(told).map((tie) => tieSentence(outcome, tie, names, lang));
}

/** What stands behind the headline: who kept a seat, the ties open or decided, who serves how long, and who was passed over. */
export function seatSentences(outcome: Seated, names: Names, lang: Lang): string[] {
  const { decisions, skipped } = outcome.seats;
  return [
    ...keptSentences(outcome, names, lang),
    ...openTieSentences(outcome, names, lang),
    ...decisions.map((decision) => decisionSentence(outcome, decision, names, lang)),
    ...termSentences(outcome, names, lang),
    ...skipped.map((each) => passedOverSentence(outcome, each, names, lang)),
  ];
}

/** Who kept a seat in a count for a vacancy. */
export function keptSentences({ options: { sitting = [] } }: Seated, names: Names, lang: Lang): string[] {
  if (sitting.length === 0) return [];
  return [say(lang, 'outcome', 'kept-seats', { n: sitting.length, names: naming(names)(sitting) })];
}

/** Who serves how long, where that differs. */
export function termSentences({ seats: { terms = [] } }: Seated, names: Names, lang: Lang): string[] {
  return terms
    .filter(({ elected }) => elected.length > 0)
    .map(({ term, elected }) =>
      say(lang, 'outcome', 'serves', {
        n: elected.length,
        names: naming(names)(elected),
        term: termIn(term, lang),
      }),
    );
}

/**
 * What became of a candidate, in a word or two; empty for those who were not elected. Who shares a place with people who are
 * tied for a seat and takes none however that ends, as may happen in rounds, is said to be out.
 */
export function standing({ seats, places }: Outcome, id: string, lang: Lang): string {
  if (seats.elected.includes(id)) return say(lang, 'outcome', 'standing-elected');
  if (seats.openTies.some(({ candidates }) => candidates.includes(id)))
    return say(lang, 'outcome', 'standing-tied');
  const skipped = seats.skipped.find(({ candidate }) => candidate === id);
  if (skipped === undefined) {
    const level = places.find(({ candidates }) => candidates.includes(id))?.candidates ?? [];
    const isAmongTied = seats.openTies.some(({ candidates }) =>
      candidates.some((each) => level.includes(each)),
    );
    return isAmongTied ? say(lang, 'outcome', 'standing-out') : '';
  }
  return say(
    lang,
    'outcome',
    skipped.code === 'none-of-the-above' ? 'standing-no-seat' : 'standing-passed-over',
  );
}

/** How many seats there were, and who is preferred to everybody, if anyone is. */
export function backgroundSentence({ seats, condorcetWinner }: Outcome, names: Names, lang: Lang): string {
  const available = say(lang, 'outcome', 'seats', { n: seats.available });
  if (condorcetWinner === null) return available;
  const winner = say(lang, 'outcome', 'condorcet-winner', { name: nameOf(names, condorcetWinner) });
  return `${available} ${winner}`;
}
