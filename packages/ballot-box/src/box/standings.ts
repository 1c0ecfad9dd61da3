import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Election, ElectionKey } from '@elekto/election';
import { BoxDamaged } from '../box-damaged.ts';
import type { Context } from '../context.ts';
import { driftOf } from './drift.ts';
import { electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';

/** Where a box stands, of which nothing moves with a vote; `damaged` when its row was changed or removed by somebody else. */
export type Standing =
  | ({ readonly damaged: false } & Pick<
      OpenedElection,
      'state' | 'withdrawn' | 'opensAt' | 'closesAt' | 'closedAt' | 'seenCommit' | 'manifest'
    >)
  | { readonly damaged: true };

/** Every election that has a row here or should have one, whether or not its folder is still there, by key. */
export const standings = (ctx: Context): Promise<ReadonlyMap<ElectionKey, Standing>> =>
  ctx.db.read(async (em) => {
    const known = [...ctx.keys.witness.known().rows().values()].map(({ key }) => key);
    const rows = await tables(em).selectFrom('election').select('key').execute();
    const found = new Map<ElectionKey, Standing>();
    for (const key of [...new Set([...known, ...rows.map((row) => row.key)])].toSorted()) {
      const standing = await standingOf(ctx, em, key);
      if (standing !== null) found.set(key, standing);
    }
    return found;
  });

async function standingOf(ctx: Context, em: EntityManager, key: ElectionKey): Promise<Standing | null> {
  try {
    const row = await electionRow(ctx, em, key);
    if (row === null) return null;
    const { state, withdrawn, opensAt, closesAt, closedAt, seenCommit, manifest } = row;
    return { damaged: false, state, withdrawn, opensAt, closesAt, closedAt, seenCommit, manifest };
  } catch (error) {
    if (error instanceof BoxDamaged) return { damaged: true };
    throw error;
  }
}

/** What an election's files say differently from what holds for its ballots; nothing for one without a sound row. */
export const drift = (ctx: Context, election: Election) =>
  ctx.db.read(async (em) => {
    try {
      const row = await electionRow(ctx, em, election.key);
      return row === null ? [] : driftOf(row, election);
    } catch (error) {
      if (error instanceof BoxDamaged) return [];
      throw error;
    }
  });
