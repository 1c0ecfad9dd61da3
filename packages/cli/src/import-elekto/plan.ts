import { isEligible, phaseAt } from '@elekto/election';
import type { Election, Instant } from '@elekto/election';
import type { MetaSnapshot } from '@elekto/metarepo';

import { readOldBallots } from './ballots.ts';
import type { ReadBallots } from './ballots.ts';
import type { OldDatabase, OldRequest } from './old-database.ts';

export interface PlannedRequest extends OldRequest {
  readonly status: 'open' | 'approved' | 'declined';
}

/** What becomes of one election of the old database. */
export interface PlannedElection {
  readonly key: string;
  /** null: not in the meta repository, or not readable there. */
  readonly election: Election | null;
  readonly fate: 'result' | 'requests-only' | 'left-out';
  /** A few words for the report. */
  readonly why: string;
  /** Old users' ids. */
  readonly voters: readonly number[];
  readonly ballots: ReadBallots;
  readonly requests: readonly PlannedRequest[];
  /** Things to look at, a sentence each. */
  readonly notes: readonly string[];
}

export interface Plan {
  readonly schema: number;
  readonly commit: string;
  readonly users: ReadonlyMap<number, string>;
  readonly elections: readonly PlannedElection[];
}

/**
 * Decides what is taken over. Only elections that have ended bring ballots: in a running one they would
 * have to be tied to their voters again, which nobody can do without the voters' passcodes.
 */
export async function makePlan(old: OldDatabase, snapshot: MetaSnapshot, now: Instant): Promise<Plan> {
  const users = new Map(old.users.map(({ id, login }) => [id, login] as const));
  const elections: PlannedElection[] = [];
  for (const { id, key } of old.elections) {
    const election = snapshot.elections.get(key)?.election ?? null;
    const voters = old.voters
      .filter((row) => row.electionId === id && users.has(row.userId))
      .map((row) => row.userId);
    const ended = election !== null && phaseAt(election, now) === 'ended';
    const rows = await old.rows([id]);
    const ballots = ended ? readOldBallots(election, rows) : { ballots: [], notes: [] };
    const cast = new Set(rows.map((row) => row.ballot)).size;
    const { fate, why } = decide(election, ended, cast, voters.length);
    elections.push({
      key,
      election,
      fate,
      why,
      voters,
      ballots,
      requests:
        election === null
          ? []
          : requestsOf(
              old.requests.filter((row) => row.electionId === id),
              election,
              users,
            ),
      notes: [...ballots.notes, ...(ended ? mismatch(cast, voters.length) : [])],
    });
  }
  return { schema: old.schema, commit: snapshot.commit, users, elections };
}

function decide(
  election: Election | null,
  ended: boolean,
  cast: number,
  voters: number,
): Pick<PlannedElection, 'fate' | 'why'> {
  if (election === null)
    return { fate: 'left-out', why: 'not in the meta repository, or not readable there' };
  if (ended && cast + voters > 0) return { fate: 'result', why: 'ended' };
  if (ended) return { fate: 'requests-only', why: 'ended; nobody voted' };
  if (cast + voters === 0) return { fate: 'requests-only', why: 'not ended; nobody has voted yet' };
  return { fate: 'left-out', why: 'RUNNING, with votes: finish it with the old Elekto, then import' };
}

function mismatch(cast: number, voters: number): string[] {
  if (cast === voters) return [];
  return cast > voters
    ? [`${cast} ballots of ${voters} voters: look into it before you rely on this result`]
    : [`${voters} voters and ${cast} ballots: the others sent an empty form`];
}

/**
 * The old database knows only whether a request was looked at; what was decided stands in voters.yaml.
 * Of several requests of one person the last counts.
 */
function requestsOf(
  requests: readonly OldRequest[],
  election: Election,
  users: ReadonlyMap<number, string>,
): PlannedRequest[] {
  const last = new Map(requests.map((request) => [request.userId, request] as const));
  return [...last.values()].flatMap((request): PlannedRequest[] => {
    const login = users.get(request.userId);
    if (login === undefined) return [];
    const decided = isEligible(election, login) ? ('approved' as const) : ('declined' as const);
    return [{ ...request, status: request.reviewed ? decided : 'open' }];
  });
}

/** Elections that forbid writing anything: whoever voted in them could vote again here. */
export const running = (plan: Plan): readonly string[] =>
  plan.elections
    .filter(({ fate, election }) => fate === 'left-out' && election !== null)
    .map(({ key }) => key);
