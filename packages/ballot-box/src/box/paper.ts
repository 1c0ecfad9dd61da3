import { hasEnded } from '@elekto/election';
import type { Election } from '@elekto/election';
import type { Context } from '../context.ts';
import type { BallotPaper } from '@elekto/protocol/ballot';
import type { Person } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { electionRow } from './election-row.ts';
import { rollEntry } from './eligibility.ts';
import { findParticipation } from './participation.ts';
import { look } from '../transact.ts';
import { isReadyToOpen } from './waiting.ts';
import { withdrawalsOf } from './withdrawals.ts';

/**
 * What a voter's browser needs to seal a ballot, to read the own one, or, after the close, to find its
 * tracker. Whoever has voted gets it even after their name was taken off the roll.
 */
export async function paper(ctx: Context, election: Election, person: Person): Promise<Result<BallotPaper>> {
  const ready = await isReadyToOpen(ctx, election);
  return look(ctx, async (em) => {
    const opened = await electionRow(ctx, em, election.key);
    if (opened === null) {
      const now = await ctx.now(em);
      if (hasEnded(election, now)) return refuse('already-closed', election.closesAt);
      return ready.ok || now < election.opensAt ? refuse('not-open-yet', election.opensAt) : ready;
    }
    const voted = (await findParticipation(ctx, em, opened, person.userId, false)) !== null;
    let withdrawals = 0;
    if (voted) {
      withdrawals = await withdrawalsOf(ctx, em, opened.id, person.userId, false);
    } else {
      const entry = await rollEntry(ctx, em, opened, person);
      if (!entry.ok) return entry;
      ({ withdrawals } = entry.value);
      if ((await ctx.now(em)) < opened.opensAt) return refuse('not-open-yet', opened.opensAt);
    }
    const { manifest, manifestHash, opensAt, closesAt } = opened;
    const voterBinding = ctx.keys.voterBinding(opened.id, person.userId, withdrawals);
    const struck = opened.struck.map(({ id }) => id);
    return ok({ manifest, manifestHash, voterBinding, kdf: ctx.kdf, opensAt, closesAt, voted, struck });
  });
}
