import { tables } from '@elekto/db';
import type { Election, ElectionKey } from '@elekto/election';
import type { Context } from '../context.ts';
import type { BoxState, BoxStatus, Result, Turnout } from '../model.ts';
import { ok } from '../result.ts';
import { growth } from './checkpoints.ts';
import { electionRow } from './election-row.ts';
import { look } from '../transact.ts';
import { driftFrom } from './manifest.ts';
import { countParticipations } from './open-box.ts';

/** Below this a running count would tell who votes when. */
const FEWEST_TOLD = 3;

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
    const eligible = election.voters.length;
    const opened = await electionRow(ctx, em, election.key);
    if (opened === null) {
      return ok({
        state: null,
        withdrawn: false,
        cast: 0,
        eligible,
        manifestHash: null,
        drift: [],
        closedAt: null,
      });
    }
    const cast = await countParticipations(em, opened.id);
    return ok({
      state: opened.state,
      withdrawn: opened.withdrawn,
      cast: opened.state === 'open' && cast < FEWEST_TOLD ? 0 : cast,
      eligible,
      manifestHash: opened.manifestHash,
      drift: driftFrom(opened.manifest, election),
      closedAt: opened.closedAt,
    });
  });

/** How many take part, and how that number grew. */
export const turnout = (ctx: Context, election: Election): Promise<Result<Turnout>> =>
  look<Turnout>(ctx, async (em) => {
    const eligible = election.voters.length;
    const opened = await electionRow(ctx, em, election.key);
    if (opened === null) return ok({ cast: null, eligible, buckets: [] });
    const cast = await countParticipations(em, opened.id);
    const told = opened.state !== 'open' || cast >= FEWEST_TOLD;
    return ok({ cast: told ? cast : null, eligible, buckets: await growth(em, opened.id) });
  });
