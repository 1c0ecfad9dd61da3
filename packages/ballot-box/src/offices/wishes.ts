import type { EntityManager } from '@elekto/db';
import type { OpenedElection, Wish } from '../box/election-row.ts';
import type { Context } from '../context.ts';
import { holdsOffice } from './office.ts';

/** What an officer asks another for; null when nobody asks, or who did holds no office any more: it is nobody's wish then. */
export async function wishIn(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  election: Parameters<typeof holdsOffice>[2],
  { asked }: Pick<OpenedElection, 'asked'>,
): Promise<Wish | null> {
  if (asked === null) return null;
  const { account, by: login } = asked;
  return (await holdsOffice(ctx, em, election, { account, login })) ? asked : null;
}
