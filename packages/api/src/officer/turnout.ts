import { bodyOf, bodySlug, type Election } from '@elekto/election';
import { publishedTurnout } from '@elekto/protocol/published';
import { z } from 'zod';

import type { ApiContext } from '../context.ts';
import { servedSnapshot } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { publishedOf } from '../status/published.ts';
import { placeOf } from '../status/stage.ts';

import { officerProcedure } from './procedure.ts';

/** An earlier election of the same body, as it is published: also one that was held elsewhere, or has other officers. */
const earlierElection = z.object({
  key: z.string(),
  name: z.string(),
  closesAt: z.number(),
  eligible: z.number(),
  cast: z.number(),
});

const output = z.object({
  eligible: z.number(),
  /** While open, as of `asOf`; null while nothing may be told. */
  cast: z.number().nullable(),
  /** Ballots counted by `at`, the end of a coarse interval, in steps of at least three. */
  buckets: z.array(z.object({ at: z.number(), cast: z.number() })),
  asOf: z.number().nullable(),
  /** When a new number may be told at the earliest; null when the box is not open. */
  nextAt: z.number().nullable(),
  /** The last ones whose result is published and holds, newest first. */
  earlier: z.array(earlierElection),
});

/** As many as can be read beside each other. */
const MOST_EARLIER = 3;

/** How many have voted, against time in coarse steps; never who or when. With what is published of earlier elections. */
export const turnout = officerProcedure.output(output).query(async ({ ctx }) => {
  const told = unwrap(await ctx.box.turnout(ctx.election));
  return { ...told, buckets: [...told.buckets], earlier: await earlierThan(ctx, ctx.election) };
});

async function earlierThan(
  ctx: Pick<ApiContext, 'box' | 'snapshot' | 'standings' | 'trouble' | 'now'>,
  election: Election,
): Promise<z.infer<typeof earlierElection>[]> {
  const body = bodyOf(election);
  if (body === null) return [];
  const slug = bodySlug(body.name);
  const [rows, now] = [await ctx.standings(), await ctx.now()];
  const place = (of: Election) => placeOf(of, rows.get(of.key), now);
  const { opensAt } = place(election);
  const others = [...servedSnapshot(ctx).elections.values()]
    .flatMap(({ election: other }) => (other === null || other.key === election.key ? [] : [other]))
    .filter((other) => bodySlug(bodyOf(other)?.name ?? '') === slug)
    .map((other) => ({ other, at: place(other) }))
    .filter(({ at }) => at.closesAt <= opensAt)
    .sort((a, b) => b.at.closesAt - a.at.closesAt);
  const found: z.infer<typeof earlierElection>[] = [];
  for (const { other, at } of others) {
    if (found.length === MOST_EARLIER) break;
    const result = publishedTurnout(await publishedOf(ctx, other, at), other);
    const { name, closesAt } = at;
    // A folder without its roll says nothing of a share.
    if (result !== null && result.eligible >= result.cast)
      found.push({ key: other.key, name, closesAt, ...result });
  }
  return found;
}
