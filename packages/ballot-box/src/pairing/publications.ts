import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import type { Instant } from '@elekto/election';
import { changeElection, electionRow } from '../box/election-row.ts';
import type { OpenedElection } from '../box/election-row.ts';
import type { Context } from '../context.ts';
import { recordProblem } from '../offices/audit-trail.ts';
import { ok } from '../result.ts';
import { transact } from '../transact.ts';

/**
 * Writes into the rows of published elections of a version before when they were published: as the record of what
 * officers and the server did says, where it is whole. Where it does not say, they count as published now, which puts
 * the end of links off and never forward.
 */
export async function takeOverPublications(ctx: Pick<Context, 'db' | 'keys' | 'now'>): Promise<void> {
  const rows = await ctx.db.read((em) =>
    tables(em)
      .selectFrom('election')
      .select('key')
      .where('state', '=', 'published')
      .where('published_at', 'is', null)
      .orderBy('key')
      .execute(),
  );
  if (rows.length === 0) return;
  const isWhole = (await recordProblem(ctx)) === null;
  for (const { key } of rows) {
    // A row that is not as the server wrote it stays as it is.
    await transact(ctx, async (em) => {
      const opened = await electionRow(ctx, em, key, 'update');
      if (opened === null || opened.state !== 'published' || opened.publishedAt !== null) return ok(null);
      const recorded = isWhole ? await recordedPublication(em, opened) : null;
      await changeElection(ctx, em, opened, { publishedAt: recorded ?? (await ctx.now(em)) });
      return ok(null);
    });
  }
}

/** By the newest event under the key that it has, or had at its opening. */
async function recordedPublication(em: EntityManager, opened: OpenedElection): Promise<Instant | null> {
  const event = await tables(em)
    .selectFrom('audit_event')
    .select('at')
    .where('election_key', 'in', [opened.key, opened.manifest.key])
    .where('action', 'in', ['published', 'imported'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const at = event === undefined ? null : Number(event.at);
  return at !== null && at >= opened.closesAt ? at : null;
}
