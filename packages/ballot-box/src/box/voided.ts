import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Context } from '../context.ts';

type Keys = Pick<Context, 'keys'>;

/** That somebody had taken part in a run that a restart of voting has voided. */
export interface VoidedPart {
  readonly run: string;
  readonly user: string;
}

/** Under a key outside the database: who can write rows tells nobody of a vote that they never gave. */
const macOf = ({ keys }: Keys, election: string, { run, user }: VoidedPart): string =>
  keys.mac('elekto/voided participation/1', election, run, user);

/** Writes down who has to be told, in the election that goes on. */
export async function insertVoided(
  ctx: Keys,
  em: EntityManager,
  election: string,
  parts: readonly VoidedPart[],
): Promise<void> {
  const rows = parts.map(({ run, user }) => ({
    election,
    run,
    user,
    mac: macOf(ctx, election, { run, user }),
  }));
  for (let from = 0; from < rows.length; from += 500) {
    await tables(em)
      .insertInto('voided_participation')
      .values(rows.slice(from, from + 500))
      .execute();
  }
}

/** Those that the server wrote, of one person or of all, by account. */
export async function voidedParts(
  ctx: Keys,
  em: EntityManager,
  election: string,
  user?: string,
): Promise<VoidedPart[]> {
  let query = tables(em)
    .selectFrom('voided_participation')
    .select(['run', 'user', 'mac'])
    .where('election', '=', election)
    .orderBy('user');
  if (user !== undefined) query = query.where('user', '=', user);
  const rows = await query.execute();
  return rows.filter((row) => row.mac === macOf(ctx, election, row)).map(({ run, user }) => ({ run, user }));
}

/** Whether the person took part in a run that a restart of voting has voided. */
export const isVoided = async (
  ctx: Keys,
  em: EntityManager,
  election: string,
  user: string,
): Promise<boolean> => (await voidedParts(ctx, em, election, user)).length > 0;

/** Authenticates those of a version that did not, as they are. */
export async function authenticateVoided(ctx: Keys, em: EntityManager): Promise<void> {
  const rows = await tables(em)
    .selectFrom('voided_participation')
    .selectAll()
    .where('mac', '=', '')
    .execute();
  for (const { election, run, user } of rows) {
    await tables(em)
      .updateTable('voided_participation')
      .set({ mac: macOf(ctx, election, { run, user }) })
      .where('election', '=', election)
      .where('run', '=', run)
      .where('user', '=', user)
      .execute();
  }
}
