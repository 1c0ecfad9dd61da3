import { rehearsedRule } from '@elekto/ballot-box';
import type { Moments, Person, Standing, TieProposal } from '@elekto/ballot-box';
import {
  bodyOf,
  checkTime,
  custodyGone,
  isEligible,
  needsSecondOfficer,
  opens,
  WAITING_REASONS,
  type Diagnostic,
  type Election,
  STAGES,
} from '@elekto/election';
import type { MetaSnapshot, SnapshotElection } from '@elekto/metarepo';
import { labelsOf, type Drift } from '@elekto/protocol/manifest';
import type { Result } from '@elekto/protocol/refusal';
import { readResults, statedOutcome } from '@elekto/protocol/result';
import { z } from 'zod';

import { custodyFileOf } from '../board/holders.ts';
import type { ApiContext } from '../context.ts';
import { servedSnapshot } from '../elections.ts';
import { unwrap } from '../refusal.ts';
import { boxStateSchema, diagnosticSchema, metaSchema, phaseSchema } from '../schemas.ts';
import { publishedOf } from '../status/published.ts';
import { placeOf } from '../status/stage.ts';
import { troubleSchema } from '../status/status.ts';
import { personProcedure } from '../trpc.ts';

import { custodyOf, custodySchema } from './custody-of.ts';
import { heldBy, heldSchema } from './held.ts';
import { waitsFor } from './officer-request.ts';
import { publishedSummary, summarisePublished } from './published-summary.ts';

const item = z.object({
  key: z.string(),
  name: z.string(),
  phase: phaseSchema,
  stage: z.enum(STAGES),
  /** Why it does not open although its start has passed; null when it does, or has not. */
  waiting: z.enum(WAITING_REASONS).nullable(),
  /** Why it will not open at its start, as its files are now; null when it will, and from its start on. */
  wouldWait: z.enum(WAITING_REASONS).nullable(),
  /** What keeps it from being opened, closed or counted. */
  trouble: troubleSchema.nullable(),
  opensAt: z.number(),
  closesAt: z.number(),
  exceptionsDueAt: z.number(),
  /** The body whose seats these are, by which earlier elections are compared; null where neither file nor name says. */
  body: z.string().nullable(),
  /** When its folder was first read here; null where that was not before its start. */
  seenAt: z.number().nullable(),
  /** The last rehearsal; `changed`: who stands or how it is counted is another than it was then. */
  rehearsed: z.object({ at: z.number(), by: z.string(), changed: z.boolean() }).nullable(),
  seats: z.number(),
  candidates: z.number(),
  /** Null before the opening. */
  state: boxStateSchema.nullable(),
  eligible: z.number(),
  /** Ballots cast; while open the number that `officer.turnout` tells, null while it tells none. */
  cast: z.number().nullable(),
  /** Requests that wait for this officer while an answer still helps: none once voting is over. */
  requestsDue: z.number(),
  /** Whom an exception was granted and the roll does not name yet. */
  toAdd: z.number(),
  diagnostics: z.array(diagnosticSchema),
  /** The commit whose version is served while the newest cannot be read; null when current. */
  staleSince: z.string().nullable(),
  /** What the files say differently from what holds for the ballots. */
  drift: z.array(z.custom<Drift>((value) => typeof value === 'object' && value !== null)),
  /** The names of the candidates whom `drift` gives by their ids: as they were pinned, else those of the files. */
  driftNames: z.record(z.string(), z.string()),
  /** Who of the ballot no longer stands by the files. `struck`: an officer has confirmed that the count goes without. */
  withdrawals: z.array(
    z.object({ id: z.string(), name: z.string(), reason: z.string(), struck: z.boolean() }),
  ),
  /** The wish of an officer to start voting anew, which another has to confirm. */
  restartAsked: z.object({ by: z.string(), at: z.number() }).nullable(),
  /** How one officer says that a tie was decided, which another has to say, too. `own`: it waits for somebody else. */
  tieProposed: z
    .object({ by: z.string(), own: z.boolean(), winners: z.array(z.string()).readonly(), how: z.string() })
    .nullable(),
  /** Decisions on requests and ties need two officers. */
  fourEyes: z.boolean(),
  /** Null where no officers hold the key. */
  custody: custodySchema.nullable(),
  /** Taken over from another system: nobody voted here. */
  imported: z.boolean(),
  /** Ties for the last seats that nobody has decided; null until it is counted, and once it is published. */
  openTies: z.number().nullable(),
  published: publishedSummary,
});

/** An event of the record of what officers and the server did is not as it was written, or the last ones are missing. */
const recordProblem = z.object({ kind: z.enum(['record-altered', 'record-cut']), seq: z.number() });

const output = z.object({
  now: z.number(),
  recordProblem: recordProblem.nullable(),
  elections: z.array(item),
  /** Those that wait for shares of this person, who is no officer of them by the files of today. */
  held: z.array(heldSchema),
  /**
   * What is wrong in the repository outside of elections that can be read: folders that cannot be read at all name no
   * officers, so whoever is officer of any election is told; and who is officer of none, of those whose file names them
   * all the same.
   */
  problems: z.array(diagnosticSchema),
  /** Where the lines stand that `diagnostics` and `problems` name. */
  meta: metaSchema.omit({ branch: true }),
});

/** The elections this person is an officer of, with what needs attention. */
export const officerElections = personProcedure
  .meta({ limit: 'officer' })
  .output(output)
  .query(async ({ ctx }) => {
    const now = await ctx.now();
    const readable = [...servedSnapshot(ctx).elections.values()].filter(
      (entry): entry is SnapshotElection & { election: Election } => entry.election !== null,
    );
    const mine = await ctx.box.officesOf(
      readable.map(({ election }) => election),
      ctx.person,
    );
    const elections = [];
    const moments = await ctx.box.moments();
    for (const entry of readable)
      if (mine.has(entry.election.key)) elections.push(await summarise(ctx, entry, moments, now));
    // Of no election but of all: told to those who are officers of one.
    const recordProblem = elections.length === 0 ? null : await ctx.box.recordProblem();
    const problems =
      elections.length === 0 ? await problemsOfOwn(ctx) : problemsOfNobody(servedSnapshot(ctx));
    const { commit } = servedSnapshot(ctx);
    return {
      now,
      recordProblem,
      elections,
      held: await heldBy(ctx, mine, now),
      problems,
      meta: { url: ctx.meta.url, host: ctx.meta.host, commit },
    };
  });

const problemsOfNobody = ({ diagnostics, elections }: MetaSnapshot): Diagnostic[] => [
  ...diagnostics,
  ...[...elections.values()].flatMap((entry) => (entry.election === null ? entry.diagnostics : [])),
];

/** Of folders that cannot be read and name this person, by the same rules by which an office is held. */
async function problemsOfOwn(
  ctx: Pick<ApiContext, 'box' | 'snapshot'> & Pick<Ctx, 'person'>,
): Promise<Diagnostic[]> {
  const unread = [...servedSnapshot(ctx).elections.values()].flatMap(
    ({ election, offices, key, diagnostics }) =>
      election === null && offices !== undefined ? [{ ...offices, key, diagnostics }] : [],
  );
  const own = await ctx.box.officesOf(unread, ctx.person);
  return unread.flatMap(({ key, diagnostics }) => (own.has(key) ? diagnostics : []));
}

type Ctx = Pick<ApiContext, 'box' | 'snapshot' | 'standings' | 'trouble'> & {
  readonly person: NonNullable<ApiContext['person']>;
};

async function summarise(
  ctx: Ctx,
  entry: SnapshotElection & { election: Election },
  moments: Moments,
  now: number,
) {
  const { election, diagnostics, staleSince } = entry;
  const rows = await ctx.standings();
  const row = rows.get(election.key);
  const place = placeOf(election, row, now);
  const { phase, stage, waiting, opensAt, closesAt, name, seats, candidates } = place;
  const seenAt = moments.seen.get(election.key) ?? null;
  const status = soundOr(await ctx.box.status(election), null);
  const requests = soundOr(await ctx.box.listExceptions(election, ctx.person), []);
  return {
    key: election.key,
    name,
    phase,
    stage,
    waiting,
    wouldWait: stage === 'upcoming' ? opens(election).waiting : null,
    trouble: ctx.trouble(election.key),
    opensAt,
    closesAt,
    exceptionsDueAt: election.exceptionsDueAt,
    body: bodyOf(election)?.name ?? null,
    seenAt: seenAt !== null && seenAt < opensAt ? seenAt : null,
    rehearsed: rehearsedOf(moments, election),
    seats,
    candidates,
    state: status?.state ?? null,
    eligible: status?.eligible ?? election.voters.length,
    cast: status?.cast ?? null,
    withdrawals: status ? [...status.withdrawals] : [],
    restartAsked: status?.restartAsked ?? null,
    tieProposed: tieProposed(status?.tieProposed ?? null, ctx.person),
    fourEyes: needsSecondOfficer(election),
    requestsDue: phase === 'ended' ? 0 : requests.filter((request) => waitsFor(request, ctx.person)).length,
    toAdd: requests.filter(({ status, login }) => status === 'approved' && !isEligible(election, login))
      .length,
    // The snapshot is made without a clock: what comes nearer every day is added here.
    diagnostics: [...diagnostics, ...checkTime(entry, now), ...fileGone(ctx, entry, row)],
    staleSince,
    drift: [...(status?.drift ?? [])],
    driftNames: driftNames(status?.drift ?? [], row, election),
    custody: await custodyOf(ctx, election, row),
    imported: status?.imported ?? false,
    openTies: stage === 'counted' ? await openTiesOf(ctx, election) : null,
    published: summarisePublished(await publishedOf(ctx, election, place), election),
  };
}

/** From the opening to the count: whether the repository still has the key of the ballots. */
function fileGone(
  ctx: Pick<Ctx, 'snapshot'>,
  { election, folder }: Pick<SnapshotElection, 'folder'> & { readonly election: Election },
  row: Standing | undefined,
): readonly Diagnostic[] {
  if (row === undefined || row.damaged || row.manifest.suite !== 2) return [];
  if (row.state !== 'open' && row.state !== 'closed') return [];
  const file = custodyFileOf(servedSnapshot(ctx).custody, election, row);
  return file === null ? custodyGone(folder, row.manifest.sourceCommit) : [];
}

function rehearsedOf({ rehearsed }: Moments, election: Election) {
  const last = rehearsed.get(election.key);
  if (last === undefined) return null;
  const { at, by, rule } = last;
  return { at, by, changed: rule !== undefined && rule !== rehearsedRule(election) };
}

const tieProposed = (found: TieProposal | null, officer: Person) =>
  found && {
    by: found.by,
    own: found.account === officer.account,
    winners: found.winners,
    how: found.how,
  };

function driftNames(
  drift: readonly Drift[],
  row: Standing | undefined,
  { candidates }: Election,
): Record<string, string> {
  const manifest = row?.damaged === false ? row.manifest : null;
  const labels = labelsOf(manifest, candidates);
  const ids = drift.flatMap((each) => ('ids' in each ? each.ids : []));
  return Object.fromEntries(ids.map((id) => [id, labels[id] ?? id]));
}

/** One election whose row somebody else has changed is told as such, beside all others. */
function soundOr<T, O>(result: Result<T>, otherwise: O): T | O {
  return !result.ok && result.error.kind === 'ballot-box-damaged' ? otherwise : unwrap(result);
}

/** By what was signed and stored: nothing is counted again for a list. */
async function openTiesOf(ctx: Ctx, election: Election): Promise<number | null> {
  const text = soundOr(await ctx.box.resultsJson(election, ctx.person), null);
  const file = text === null ? null : readResults(text);
  return file?.ok ? statedOutcome(file.value).seats.openTies.length : null;
}
