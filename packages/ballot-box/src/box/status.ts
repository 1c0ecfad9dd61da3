import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { opens, phaseAt } from '@elekto/election';
import type { Election, ElectionKey, WaitingReason } from '@elekto/election';
import type { Context } from '../context.ts';
import type { BoxState, BoxStatus, Turnout } from '../model.ts';
import type { Result } from '@elekto/protocol/refusal';
import { wishIn } from '../offices/wishes.ts';
import { ok } from '../result.ts';
import { loadResult } from '../count/stored-result.ts';
import { growth } from './checkpoints.ts';
import { electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';
import { look } from '../transact.ts';
import { driftOf } from './drift.ts';
import { ballotsInBox } from './ballots-in-box.ts';
import { countParticipations } from './open-box.ts';
import { everOnRoll, readRoll } from './roll.ts';
import { withdrawalsFrom } from './strikes.ts';

/** Where an election stands; null before its opening. */
export const state = (ctx: Context, key: ElectionKey): Promise<BoxState | null> =>
  ctx.db.read(async (em) => {
    const row = await tables(em)
      .selectFrom('election')
      .select('state')
      .where('key', '=', key)
      .executeTakeFirst();
    return (row?.state ?? null) as BoxState | null;
  });

/** The ballot box as its officers see it. */
export const status = (ctx: Context, election: Election): Promise<Result<BoxStatus>> =>
  look<BoxStatus>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, election.key);
    if (opened === null) {
      const due = phaseAt(election, await ctx.now(em)) === 'open';
      return ok({
        state: null,
        waiting: due ? (opens(election).waiting ?? withoutRow(election)) : null,
        imported: false,
        opensAt: election.opensAt,
        closesAt: election.closesAt,
        withdrawn: false,
        cast: null,
        eligible: election.voters.length,
        manifestHash: null,
        withdrawals: [],
        restartAsked: null,
        tieProposed: null,
        drift: [],
        closedAt: null,
      });
    }
    const told = await toldTurnout(ctx, em, opened);
    return ok({
      state: opened.state,
      waiting: null,
      imported: opened.origin === 'imported',
      opensAt: opened.opensAt,
      closesAt: opened.closesAt,
      withdrawn: opened.withdrawn,
      cast: told.cast,
      eligible: told.eligible,
      manifestHash: opened.manifestHash,
      withdrawals: withdrawalsFrom(opened, election),
      ...(await askedIn(ctx, em, election, opened)),
      drift: driftOf(opened, election),
      closedAt: opened.closedAt,
    });
  });

/** An election whose files are in order is opened at once, unless its officers have to show first that they hold their shares. */
const withoutRow = ({ custody }: Election): WaitingReason | null =>
  custody === undefined ? null : 'custody-not-ready';

/** What one officer asks another for. A wish to start voting anew that nobody confirmed ends with the voting. */
async function askedIn(
  ctx: Context,
  em: EntityManager,
  election: Election,
  opened: OpenedElection,
): Promise<Pick<BoxStatus, 'restartAsked' | 'tieProposed'>> {
  const { state } = opened;
  const asked = await wishIn(ctx, em, election, opened);
  if (asked === null) return { restartAsked: null, tieProposed: null };
  const { by, account, at, tie } = asked;
  return {
    restartAsked: tie === undefined && state === 'open' ? { by, at } : null,
    tieProposed: tie === undefined || state !== 'finalised' ? null : { by, account, at, ...tie },
  };
}

/** How many take part, and how that number grew. */
export const turnout = (ctx: Context, election: Election): Promise<Result<Turnout>> =>
  look<Turnout>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, election.key);
    if (opened === null) {
      return ok({ cast: null, eligible: election.voters.length, buckets: [], asOf: null, nextAt: null });
    }
    return ok(await toldTurnout(ctx, em, opened));
  });

/**
 * By the box itself and whoever was ever on its roll, or, once it is emptied, as the result says. An imported one has only
 * the rows of who took part.
 */
async function exactTurnout(
  ctx: Context,
  em: EntityManager,
  opened: OpenedElection,
): Promise<Pick<Turnout, 'cast' | 'eligible'>> {
  const eligible = everOnRoll(await readRoll(em, opened));
  if (opened.state === 'closed') return { cast: await ballotsInBox(ctx, em, opened), eligible };
  const result = await loadResult(ctx, em, opened);
  if (result === 'damaged') return { cast: null, eligible };
  if (result === null) return { cast: await countParticipations(em, opened.id), eligible };
  return { cast: result.file.cast, eligible: result.file.eligible };
}

/**
 * The only number of ballots that leaves the box. While the box is open it is the last step of the
 * growth, the same for whoever asks and however often; afterwards it is exact.
 */
async function toldTurnout(ctx: Context, em: EntityManager, opened: OpenedElection): Promise<Turnout> {
  const { steps, nextAt } = await growth(ctx, em, opened, await ctx.now(em));
  if (opened.state !== 'open') {
    const exact = await exactTurnout(ctx, em, opened);
    return { ...exact, buckets: steps, asOf: opened.closesAt, nextAt };
  }
  const last = steps.at(-1);
  const eligible = (await readRoll(em, opened)).present.length;
  return { cast: last?.cast ?? null, eligible, buckets: steps, asOf: last?.at ?? null, nextAt };
}
