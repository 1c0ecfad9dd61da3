import {
  insertAt,
  joinTier,
  leaveOut,
  moveDown,
  moveUp,
  separate,
  setPlace,
  tieWithAbove,
  toggle,
} from './ranking.ts';
import type { Draft } from './ranking.ts';

/** What the voter asked of one candidate. */
export type RankAct =
  | 'toggle'
  | 'up'
  | 'down'
  | 'tie'
  | 'separate'
  | 'leave-out'
  | { readonly place: number }
  | { readonly before: number }
  | { readonly with: number };

/** The draft after it. */
export function actOn(draft: Draft, id: string, act: RankAct): Draft {
  if (typeof act === 'object') {
    if ('place' in act) return setPlace(draft, id, act.place);
    return 'before' in act ? insertAt(draft, id, act.before) : joinTier(draft, id, act.with);
  }
  switch (act) {
    case 'toggle':
      return toggle(draft, id);
    case 'up':
      return moveUp(draft, id);
    case 'down':
      return moveDown(draft, id);
    case 'tie':
      return tieWithAbove(draft, id);
    case 'separate':
      return separate(draft, id);
    case 'leave-out':
      return leaveOut(draft, id);
  }
}
