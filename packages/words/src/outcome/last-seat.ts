import type { Outcome, RoundEvent, Step } from '@elekto/tally';

import type { Lang } from '../languages.ts';
import { nameOf } from '../names.ts';
import type { Names } from '../names.ts';
import { say } from '../say.ts';
import { pairSentence } from './pairs.ts';
import { eventSentence } from './rounds.ts';
import { stepSentence } from './steps.ts';

/** Who took the last seat, who came next without one, and why in this order, in sentences. */
export interface LastSeat {
  readonly went: string;
  readonly why: readonly string[];
}

const SEATS_SOMEBODY: ReadonlySet<RoundEvent['code']> = new Set(['reached-quota', 'last-seats', 'left']);
/** Steps that give a candidate the figure by which a method orders. */
const GIVES_FIGURE: ReadonlySet<Step['code']> = new Set([
  'score',
  'duels',
  'worst-defeat',
  'worst-opposition',
]);

/**
 * How the last seat went; null where a tie, open or decided, tells it (`seatSentences`), where nobody got a seat, and where nobody
 * is left who could have had it.
 */
export function lastSeat(outcome: Outcome, names: Names, lang: Lang): LastSeat | null {
  const { seats, places, options, rounds, steps, explanation } = outcome;
  if (seats.openTies.length > 0 || seats.decisions.length > 0) return null;
  const sitting = options.sitting ?? [];
  const isIn = (id: string) => seats.elected.includes(id) && !sitting.includes(id);
  const isOut = (id: string) =>
    seats.elected.includes(id) || seats.skipped.some(({ candidate }) => candidate === id);
  // Several are level in a place: who took the last seats alike, and who came next alike.
  const last = places.findLast(({ candidates }) => candidates.some(isIn))?.candidates.filter(isIn) ?? [];
  const next =
    places.find(({ candidates }) => !candidates.every(isOut))?.candidates.filter((id) => !isOut(id)) ?? [];
  const [only] = last;
  if (only === undefined || next.length === 0) return null;
  const named = next.map((id) => nameOf(names, id));
  const went =
    last.length === 1
      ? say(lang, 'outcome', 'last-seat', { n: seats.elected.length, name: nameOf(names, only), next: named })
      : say(lang, 'outcome', 'last-seats-level', {
          names: last.map((id) => nameOf(names, id)),
          next: named,
        });
  if (rounds.length > 0) {
    const told = rounds.flatMap(({ round, events }) =>
      events
        .filter((event) => 'candidates' in event && isToldOf(event, last, next))
        .map((event) =>
          say(lang, 'outcome', 'round', { n: round, events: eventSentence(event, names, lang) }),
        ),
    );
    return { went, why: told };
  }
  const figures = steps.filter(
    ({ code, candidates: [of] }) =>
      GIVES_FIGURE.has(code) && of !== undefined && (last.includes(of) || next.includes(of)),
  );
  const pairs = explanation.filter(
    ({ first, second }) =>
      (last.includes(first) && next.includes(second)) || (next.includes(first) && last.includes(second)),
  );
  return {
    went,
    why:
      figures.length > 0
        ? figures.map((step) => stepSentence(step, outcome, names, lang))
        : pairs.map((pair) => pairSentence(outcome, pair, names, lang)),
  };
}

/** Whether the event seats one of these or drops one of those. */
function isToldOf(event: RoundEvent, last: readonly string[], next: readonly string[]): boolean {
  const { candidates } = event as Extract<RoundEvent, { candidates: readonly string[] }>;
  return SEATS_SOMEBODY.has(event.code)
    ? candidates.some((id) => last.includes(id))
    : event.code === 'excluded' && candidates.some((id) => next.includes(id));
}
