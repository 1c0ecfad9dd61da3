import type { EntityManager } from '@elekto/db';
import { foldLogin, sameLogin } from '@elekto/election';
import type { ElectionKey } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import type { Context } from '../context.ts';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import { appendAudit } from './audit-trail.ts';
import { allOffices, freeOffice, isFree, isGenuine, officesIn, writeOffice } from './office-rows.ts';
import type { Office } from './office-rows.ts';

/**
 * Gives the office of a login free on an operator's word, so that the account which uses it next takes it: for an
 * officer who really has another account now. Refuses with `unknown-request` where nobody had taken it.
 */
export function releaseOffice(
  ctx: Context,
  { key, login: name }: Office,
  actor: string,
): Promise<Result<null>> {
  return transact(ctx, async (em) => {
    const rows = await officesIn(em, key);
    // As it is written, where the provider tells case apart.
    const exact = rows.find(({ login }) => sameLogin(login, name, { logins: 'exact' }));
    const office = { key, login: exact?.login ?? foldLogin(name) };
    const row = exact ?? rows.find(({ login }) => login === office.login);
    if (!(await freeOffice(ctx, em, office, row))) return refuse('unknown-request');
    const at = await ctx.now(em);
    await appendAudit(ctx, em, { key, at, actor, action: 'office-released', detail: office.login });
    return ok(null);
  });
}

/** An office that was taken, as its row says. */
export interface OfficeListed {
  readonly key: ElectionKey;
  /** Folded. */
  readonly login: string;
  /** As the provider calls it for ever. */
  readonly account: string;
  /** False where somebody else than the server wrote the row, or put an old one back: nobody holds an office by it. */
  readonly genuine: boolean;
}

/** Which account has taken which office, of all elections. */
export const listOffices = (ctx: Context): Promise<OfficeListed[]> =>
  ctx.db.read(async (em) => {
    const known = ctx.keys.witness.known(0);
    const rows = await allOffices(em);
    return rows.map((row) => {
      const { key, login, account } = row;
      return { key, login, account, genuine: isGenuine(ctx, known, row) };
    });
  });

/** Gives all offices of an election free: nothing of it is to stay. */
export async function freeOffices(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  key: ElectionKey,
): Promise<void> {
  for (const row of await officesIn(em, key)) await freeOffice(ctx, em, row, row);
}

/** Gives those who hold an office under an election's old key the same under its new one, where it is free. */
export async function moveOffices(
  ctx: Pick<Context, 'keys'>,
  em: EntityManager,
  from: ElectionKey,
  to: ElectionKey,
): Promise<void> {
  const known = ctx.keys.witness.known(0);
  const there = new Map((await officesIn(em, to)).map((row) => [row.login, row]));
  for (const row of await officesIn(em, from)) {
    const { login, account } = row;
    const office = { key: to, login, account };
    const taken = there.get(login);
    if (isGenuine(ctx, known, row) && isFree(ctx, known, office, taken))
      await writeOffice(ctx, em, known, office, taken);
  }
}
