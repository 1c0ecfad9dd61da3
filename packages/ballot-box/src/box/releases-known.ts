/* eslint elekto/words-in-catalogue: off -- for the operator's log, in English as all of it */
/**
 * Whether everything is there that voters have signed as their ballots left the box. A row alone is known by nobody but the
 * holder of its receipt; all of them together, and each as it was written, are known to the box, which is as new as the
 * secrets directory says. One that is removed or put back would show an honest server as one that has dropped a ballot.
 */
import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Context } from '../context.ts';
import { notesIn } from '../notes.ts';
import { addShares, fromBytes, openShares, sumShares } from '../seal/share.ts';
import type { Share, Shares } from '../seal/share.ts';
import type { OpenedElection } from './election-row.ts';
import { boxStaleness } from './freshness.ts';

/** What one row adds to the sum in the box. */
export const releaseNumber = (
  ctx: Pick<Context, 'keys'>,
  election: string,
  { id, sealed }: { readonly id: string; readonly sealed: Uint8Array },
): Share =>
  fromBytes(
    Buffer.from(
      ctx.keys.mac('elekto/released/1', election, id, Buffer.from(sealed).toString('base64url')),
      'base64url',
    ),
  );

/** Why the rows are not those that the box has counted; null when they are, or nobody signs. */
export async function releasesProblem(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  election: string,
  inBox: Share | null,
): Promise<string | null> {
  if (inBox === null) return null;
  const rows = await tables(em)
    .selectFrom('released_record')
    .select(['id', 'sealed'])
    .where('election', '=', election)
    .execute();
  const there = addShares(...rows.map((row) => releaseNumber(ctx, election, row)));
  return there === inBox ? null : NOT_THOSE;
}

const NOT_THOSE =
  'what voters signed as their ballots left the box is not complete, or was altered (restored from a backup?)';

const noteOf = (election: string): string => `released ${election}`;

/** Keeps the sum of a closed box known after it is emptied. Once; the box does not change any more. */
export async function keepReleasesKnown(ctx: Context, election: string, inBox: Share | null): Promise<void> {
  if (inBox === null) return;
  const notes = notesIn(ctx);
  const name = noteOf(election);
  if (!(await notes.read(name)).has(name)) await notes.write(name, inBox.toString(16));
}

/** As `releasesProblem`, by the sum in the closed box or, once it is emptied, by what is known of it. */
export async function releasesGap(ctx: Context, opened: OpenedElection): Promise<string | null> {
  const name = noteOf(opened.id);
  const kept = (await notesIn(ctx).read(name)).get(name);
  const keys = kept === undefined ? await ctx.keys.election(opened.id) : null;
  return ctx.db.read(async (em) => {
    if (kept !== undefined) return releasesProblem(ctx, em, opened.id, BigInt(`0x${kept}`));
    if (keys === null) return 'nothing is known of what voters signed as their ballots left the box';
    const stale = await boxStaleness(ctx, em, opened);
    if (stale !== null) return stale;
    const rows = await tables(em)
      .selectFrom('ballot_box')
      .select(['shard', 'version', 'participants'])
      .where('election', '=', opened.id)
      .execute();
    const shares: Shares[] = [];
    for (const { shard, version, participants } of rows) {
      const part = openShares(keys.boxKey, { election: opened.id, shard, version }, participants, true);
      if (part === null) return `shard ${shard} was altered or does not belong to version ${version}`;
      shares.push(part);
    }
    return releasesProblem(ctx, em, opened.id, sumShares(shares).released);
  });
}
