import { type ElectionKey, sameLogin } from '@elekto/election';
import { z } from 'zod';

import type { ApiContext } from '../context.ts';
import { placeOfRow } from '../status/stage.ts';

import { custodyOf, custodySchema } from './custody-of.ts';

/** An election of which somebody is no officer (any more), and holds a share of the key that its ballots are sealed to. */
export const heldSchema = z.object({
  key: z.string(),
  name: z.string(),
  stage: z.enum(['open', 'closed']),
  closesAt: z.number(),
  custody: custodySchema,
});

type Ctx = Pick<ApiContext, 'box' | 'snapshot' | 'standings' | 'signIn'> & {
  readonly person: NonNullable<ApiContext['person']>;
};

/**
 * The elections, from the opening to the count, whose manifest names this person as one who holds a share, without those of which
 * they are an officer: whatever became of the files, the count needs them.
 */
export async function heldBy(
  ctx: Ctx,
  mine: ReadonlySet<ElectionKey>,
  now: number,
): Promise<z.infer<typeof heldSchema>[]> {
  const held = [];
  for (const [key, row] of await ctx.standings()) {
    if (row.damaged || row.manifest.suite !== 2 || mine.has(key)) continue;
    const { stage, name, closesAt } = placeOfRow(row, now);
    if (stage !== 'open' && stage !== 'closed') continue;
    if (!row.manifest.officers.some((login) => sameLogin(login, ctx.person.login, ctx.signIn))) continue;
    const custody = await custodyOf(ctx, { key }, row);
    if (custody !== null) held.push({ key, name, stage, closesAt, custody });
  }
  return held;
}
