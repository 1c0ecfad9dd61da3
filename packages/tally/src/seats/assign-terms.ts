import type { AppliedDecision, OpenTie, SeatTerm, Seats, TieDecision } from '../model.ts';
import { resolves } from './fill-seats.ts';
import { unspent } from './unspent.ts';

type Served = NonNullable<Seats['terms']>;

/** Who of the elected serves which term. */
export interface Terms {
  readonly terms: Served;
  /** Level people of whom some serve a term and the others the next. */
  readonly ties: readonly OpenTie[];
  readonly decisions: readonly AppliedDecision[];
}

/**
 * Gives terms to the elected by place: the first of them the first term. People at one place of whom only some fit into a
 * term are a tie like that for a seat. As long as it is open whoever sits, nobody has a term.
 * @param places every candidate, best first, in one list those who are level.
 * @param recorded decisions of people; those that settled who sits are not used again.
 */
export function assignTerms(
  places: readonly (readonly string[])[],
  seats: Pick<Seats, 'elected' | 'openTies' | 'decisions'>,
  terms: readonly SeatTerm[],
  recorded: readonly TieDecision[],
): Terms {
  const rooms = terms.map(({ term, seats: room }) => ({ term, room, elected: [] as string[] }));
  const ties: OpenTie[] = [];
  const decisions: AppliedDecision[] = [];
  const left = unspent(recorded, seats.decisions);
  for (const place of seats.openTies.length > 0 ? [] : places) {
    let level = place.filter((id) => seats.elected.includes(id));
    while (level.length > 0) {
      const open = rooms.find(({ room }) => room > 0);
      if (open === undefined) throw new Error('more are elected than there are terms');
      if (level.length <= open.room) {
        open.elected.push(...level);
        open.room -= level.length;
        break;
      }
      const tie: OpenTie = { candidates: level, seats: open.room, value: null, term: open.term };
      const decision = left.find((each) => resolves(each, tie));
      if (decision === undefined) {
        ties.push(tie);
        skip(rooms, level.length);
        break;
      }
      const winners = level.filter((id) => decision.winners.includes(id));
      decisions.push({ ...tie, winners, how: decision.how });
      open.elected.push(...winners);
      open.room = 0;
      level = level.filter((id) => !winners.includes(id));
    }
  }
  return { terms: rooms.map(({ term, elected }) => ({ term, elected })), ties, decisions };
}

/** Leaves so many seats of the next terms to people of whom it is not known who serves which. */
function skip(rooms: readonly { room: number }[], people: number): void {
  let left = people;
  for (const each of rooms) {
    const taken = Math.min(each.room, left);
    each.room -= taken;
    left -= taken;
  }
}
