/** Where an election stands, from its files, its row in the ballot box and the clock: the one answer for every face. */
import type { Standing } from '@elekto/ballot-box';
import {
  opens,
  phaseAt,
  standing,
  type Election,
  type Instant,
  type Phase,
  type Stage,
  type WaitingReason,
} from '@elekto/election';

export interface Place {
  /** What it is called, for how many seats how many people stand: the row's since the opening, the files' before. */
  readonly name: string;
  readonly seats: number;
  readonly candidates: number;
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
  if (row.damaged)
    return {
      ...written(election),
      stage: 'damaged',
      phase: phaseAt(election, now),
      waiting: null,
      nextAt: null,
    };
  return placeOfRow(row, now);
}

/** An election whose folder is not there: its row alone tells. */
export function placeOfRow(row: Extract<Standing, { damaged: false }>, now: Instant): Place {
  const { opensAt, closesAt, manifest } = row;
  const { name, seats, candidates } = manifest;
  const told = { name, seats, candidates: candidates.length, opensAt, closesAt, waiting: null };
  if (row.state !== 'open') {
    return { ...told, stage: COUNTED[row.state] ?? 'closed', phase: 'ended', nextAt: null };
  }
  const phase = phaseAt(row, now);
  const stage = phase === 'ended' ? 'closed' : phase;
  const nextAt = { upcoming: opensAt, open: closesAt + 1, ended: null }[phase];
  return { ...told, stage, phase, nextAt };
}

function beforeTheBox(election: Election, now: Instant): Place {
  const told = written(election);
  const phase = phaseAt(election, now);
  if (phase === 'upcoming') return { ...told, stage: 'upcoming', phase, waiting: null, nextAt: told.opensAt };
  if (phase === 'ended') return { ...told, stage: 'held-elsewhere', phase, waiting: null, nextAt: null };
  // What the files allow is opened at once, unless officers have to show first that they hold their shares.
  const waiting = opens(election).waiting ?? (election.custody === undefined ? null : 'custody-not-ready');
  return waiting === null
    ? { ...told, stage: 'open', phase, waiting, nextAt: told.closesAt + 1 }
    : { ...told, stage: 'waiting', phase: 'upcoming', waiting, nextAt: null };
}

const written = ({ name, seats, candidates, opensAt, closesAt }: Election) => ({
  name,
  seats,
  candidates: standing(candidates).length,
  opensAt,
  closesAt,
});
