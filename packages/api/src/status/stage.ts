/** Where an election stands, from its files, its row in the ballot box and the clock: the one answer for every face. */
import type { Standing } from '@elekto/ballot-box';
import {
  opens,
  phaseAt,
  type Election,
  type Instant,
  type Phase,
  type Stage,
  type WaitingReason,
} from '@elekto/election';

export interface Place {
  readonly stage: Stage;
  readonly phase: Phase;
  /** Why it does not open; null unless the stage is `waiting`. */
  readonly waiting: WaitingReason | null;
  /** Start and end that casting goes by: the row's since the opening, the files' before. */
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** The next moment at which its stage changes by itself; null when none does. */
  readonly nextAt: Instant | null;
}

const COUNTED: Readonly<Record<string, Stage>> = {
  closed: 'closed',
  finalised: 'counted',
  published: 'published',
};

/** An election as it is in the files. `row` is undefined while the ballot box has none. */
export function placeOf(election: Election, row: Standing | undefined, now: Instant): Place {
  if (row === undefined) return beforeTheBox(election, now);
  if (row.damaged) {
    const { opensAt, closesAt } = election;
    return {
      stage: 'damaged',
      phase: phaseAt(election, now),
      waiting: null,
      opensAt,
      closesAt,
      nextAt: null,
    };
  }
  return placeOfRow(row, now);
}

/** An election whose folder is not there: its row alone tells. */
export function placeOfRow(row: Extract<Standing, { damaged: false }>, now: Instant): Place {
  const { opensAt, closesAt } = row;
  const dates = { opensAt, closesAt, waiting: null };
  if (row.state !== 'open') {
    return { ...dates, stage: COUNTED[row.state] ?? 'closed', phase: 'ended', nextAt: null };
  }
  const phase = phaseAt(row, now);
  const stage = phase === 'ended' ? 'closed' : phase;
  const nextAt = { upcoming: opensAt, open: closesAt + 1, ended: null }[phase];
  return { ...dates, stage, phase, nextAt };
}

function beforeTheBox(election: Election, now: Instant): Place {
  const { opensAt, closesAt } = election;
  const phase = phaseAt(election, now);
  if (phase === 'upcoming')
    return { stage: 'upcoming', phase, waiting: null, opensAt, closesAt, nextAt: opensAt };
  if (phase === 'ended')
    return { stage: 'held-elsewhere', phase, waiting: null, opensAt, closesAt, nextAt: null };
  // What the files allow is opened at once, unless officers have to show first that they hold their shares.
  const waiting = opens(election).waiting ?? (election.custody === undefined ? null : 'custody-not-ready');
  return waiting === null
    ? { stage: 'open', phase, waiting, opensAt, closesAt, nextAt: closesAt + 1 }
    : { stage: 'waiting', phase: 'upcoming', waiting, opensAt, closesAt, nextAt: null };
}
