import type { Election } from '@elekto/election';
import type { Receipt, SealedCast } from '@elekto/protocol/ballot';
import type { Result } from '@elekto/protocol/refusal';
import type { Context } from '../context.ts';
import type { ElectionKeys } from '../keys/key-store.ts';
import type { Person } from '../model.ts';
import { ok, refuse } from '../result.ts';
import { refuseDamage } from '../transact.ts';
import type { OpenedElection } from './election-row.ts';
import { entryIn } from './eligibility.ts';
import { readCast } from './read-cast.ts';
import type { ReadCast } from './read-cast.ts';
import { seeTogether } from './see-together.ts';

export interface Recorded {
  readonly receipt: Receipt | null;
}

/** Whether the box is still the one that a ballot was made for, with the same things on the ballot. */
export const isSameBallot = (opened: OpenedElection, checked: OpenedElection): boolean =>
  opened.id === checked.id && opened.manifestHash === checked.manifestHash;

export interface Prepared {
  readonly keys: ElectionKeys;
  readonly link: Buffer;
  readonly ballot: ReadCast;
  readonly checked: OpenedElection;
  /** How often the voter had taken a ballot back when this was read. */
  readonly withdrawals: number;
  /** To a name on the roll: who has voted here before. */
  readonly isBound: boolean;
}

/** What casting and replacing check before they take a lock. */
export async function prepare(
  ctx: Context,
  election: Pick<Election, 'key'>,
  person: Person,
  sealed: SealedCast,
): Promise<Result<Prepared>> {
  const seen = await seeTogether(ctx, election.key, person);
  if (!seen.ok) return seen;
  const { opened, roll } = seen.value;
  const entry = await refuseDamage(() => entryIn(ctx, opened, roll, person));
  if (!entry.ok) return entry;
  const { bound: isBound, withdrawals } = entry.value;
  const keys = await ctx.keys.election(opened.id);
  const link = ctx.keys.link(opened.id);
  if (keys === null || link === null) return refuse('ballot-box-damaged');
  const readAs = (times: number): Promise<Result<ReadCast>> =>
    readCast(opened, keys, ctx.kdf.id, ctx.keys.voterBinding(opened.id, person.userId, times), sealed);
  const read = await readAs(withdrawals);
  if (read.ok) return ok({ keys, link, ballot: read.value, checked: opened, withdrawals, isBound });
  for (let times = withdrawals - 1; times >= Math.max(0, withdrawals - TOLD); times -= 1)
    if ((await readAs(times)).ok) return refuse('ballot-withdrawn');
  return read;
}

/** Of so many withdrawals the voter is told that a ballot is from before; one of earlier is a malformed one. */
const TOLD = 3;
