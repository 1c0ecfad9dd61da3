import { isOfficer, WAITING_REASONS, type Election } from '@elekto/election';
import type { SnapshotElection } from '@elekto/metarepo';
import { driftSentence } from '@elekto/protocol/manifest';
import { z } from 'zod';

import type { ApiContext } from '../context.ts';
import { servedSnapshot } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { boxStateSchema, diagnosticSchema, phaseSchema } from '../schemas.ts';
import { placeOf, STAGES } from '../status/stage.ts';
import { troubleSchema } from '../status/status.ts';
import { personProcedure } from '../trpc.ts';

const item = z.object({
  key: z.string(),
  name: z.string(),
  phase: phaseSchema,
  stage: z.enum(STAGES),
  /** Why it does not open although its start has passed; null when it does, or has not. */
  waiting: z.enum(WAITING_REASONS).nullable(),
  /** What keeps it from being opened, closed or counted. */
  trouble: troubleSchema.nullable(),
  opensAt: z.number(),
  closesAt: z.number(),
  exceptionsDueAt: z.number(),
  seats: z.number(),
  candidates: z.number(),
  /** Null before the opening. */
  state: boxStateSchema.nullable(),
  eligible: z.number(),
  /** Ballots cast; while open the number that `officer.turnout` tells, null while it tells none. */
  cast: z.number().nullable(),
  openExceptions: z.number(),
  diagnostics: z.array(diagnosticSchema),
  /** The commit whose version is served while the newest cannot be read; null when current. */
  staleSince: z.string().nullable(),
  /** What differs from what was pinned at the opening, a sentence each. */
  drift: z.array(z.string()),
  /** Who withdrew after the first ballot and, as an officer has confirmed, is counted without. */
  struck: z.array(z.object({ id: z.string(), commit: z.string() })),
  /** The wish of an officer to start voting anew, which another has to confirm. */
  restartAsked: z.object({ by: z.string(), at: z.number() }).nullable(),
});

/** The elections this person is an officer of, with what needs attention. */
export const officerElections = personProcedure
  .meta({ limit: 'officer' })
  .output(z.object({ now: z.number(), elections: z.array(item) }))
  .query(async ({ ctx }) => {
    const now = await ctx.now();
    const mine = [...servedSnapshot(ctx).elections.values()].filter(
      (entry): entry is SnapshotElection & { election: Election } =>
        entry.election !== null && isOfficer(entry.election, ctx.person.login),
    );
    const elections = [];
    for (const entry of mine) elections.push(await summarise(ctx, entry, now));
    return { now, elections };
  });

type Ctx = Pick<ApiContext, 'box' | 'standings' | 'trouble'> & {
  readonly person: NonNullable<ApiContext['person']>;
};

async function summarise(ctx: Ctx, entry: SnapshotElection & { election: Election }, now: number) {
  const { election, diagnostics, staleSince } = entry;
  const rows = await ctx.standings();
  const { phase, stage, waiting, opensAt, closesAt } = placeOf(election, rows.get(election.key), now);
  const status = unwrap(await ctx.box.status(election));
  const requests = unwrap(await ctx.box.listExceptions(election, ctx.person));
  return {
    key: election.key,
    name: election.name,
    phase,
    stage,
    waiting,
    trouble: ctx.trouble(election.key),
    opensAt,
    closesAt,
    exceptionsDueAt: election.exceptionsDueAt,
    seats: election.seats,
    candidates: election.candidates.length,
    state: status.state,
    eligible: status.eligible,
    cast: status.cast,
    struck: status.struck.map(({ id, commit }) => ({ id, commit })),
    restartAsked: status.restartAsked,
    openExceptions: requests.filter((request) => request.status === 'open').length,
    diagnostics: [...diagnostics],
    staleSince,
    drift: status.drift.map(driftSentence),
  };
}
