import { randomBytes } from 'node:crypto';
import { tables } from '@elekto/db';
import type { EntityManager } from '@elekto/db';
import { foldLogin, hasEnded } from '@elekto/election';
import type { CandidateId, Election, Instant } from '@elekto/election';
import { bindEntry } from '../box/eligibility.ts';
import { changeElection, electionRow, insertElection } from '../box/election-row.ts';
import { firstRoll } from '../box/roll.ts';
import { makeManifest } from '@elekto/protocol/manifest';
import type { Context } from '../context.ts';
import { countedRoot } from '../count/results-file.ts';
import { storeResult } from '../count/stored-result.ts';
import type { BoxState, ExceptionStep, ExceptionRequest, Person } from '../model.ts';
import type { Manifest } from '@elekto/protocol/manifest';
import type { Result } from '@elekto/protocol/refusal';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import { KDF } from '@elekto/wire';
import { normaliseRanking } from '@elekto/protocol/ballot';
import { SERVER, appendAudit } from './audit-trail.ts';
import { insertRequest } from './request-rows.ts';

/** An election that was held and ended somewhere else. */
export interface FinishedElection {
  /** Rank by candidate, any whole numbers, lower is better; who is absent is not ranked. In any order: it is not kept. */
  readonly ballots: readonly ReadonlyMap<CandidateId, number>[];
  /** Who took part. */
  readonly voters: readonly Person[];
  /** For the audit trail: where it comes from, a few words. */
  readonly source: string;
}

/**
 * Takes over an election that has ended: its ballots as a count under fresh random trackers, and who
 * voted. There is no link between the two, no ballot can be changed, and there are no receipts. The
 * election is finalised, or published where its result stands in the repository.
 *
 * Refuses with `conflict` when there is a box of this key, with `not-ended-yet` before the end, and with
 * `unknown-candidate` when a ballot ranks somebody who does not stand.
 */
export async function importFinished(
  ctx: Context,
  election: Election,
  commit: string,
  finished: FinishedElection,
): Promise<Result<BoxState>> {
  const standing = new Set(election.candidates.map((candidate) => candidate.id));
  if (finished.ballots.some((ballot) => [...ballot.keys()].some((id) => !standing.has(id)))) {
    return refuse('unknown-candidate');
  }
  const id = randomBytes(16).toString('hex');
  // A manifest names a public key. Nothing was ever encrypted to this one, so its secret is not kept.
  await ctx.keys.create(id);
  const keys = (await ctx.keys.election(id))?.publicKeys;
  if (keys === undefined) throw new Error('the keys that were just made are missing');
  ctx.keys.destroyElection(id);
  ctx.keys.destroyLink(id);
  const all = election.candidates.length;
  const allowNoOpinion = election.allowNoOpinion || finished.ballots.some((ballot) => ballot.size < all);
  // No officers have anything to open here.
  const { custody: _, ...held } = election;
  const manifest = makeManifest(
    { ...held, candidates: everybody(election), receipts: 'none', allowNoOpinion },
    { kind: 'election', run: randomBytes(16).toString('hex'), keys, sourceCommit: commit },
  );
  return transact(ctx, async (em) => {
    const now = await ctx.now(em);
    if (!hasEnded(election, now)) return refuse('not-ended-yet', election.closesAt);
    const made = await insertElection(ctx, em, {
      id,
      manifest,
      commit,
      key: election.key,
      state: election.results === null ? 'finalised' : 'published',
      opensAt: election.opensAt,
      closesAt: election.closesAt,
      closedAt: election.closesAt,
      fetchedFrom: now,
      pinned: true,
      shards: 1,
      origin: 'imported',
      roll: firstRoll(election),
    });
    if (!made) return refuse('conflict');
    const opened = await electionRow(ctx, em, election.key);
    if (opened === null) return refuse('unknown-election');
    for (const voter of finished.voters) {
      const bound = await bindEntry(ctx, em, opened, voter, {
        login: foldLogin(voter.login, election),
        bound: false,
      });
      if (!bound.ok) return bound;
    }
    await insertParticipations(em, id, finished.voters);
    const ballots = shuffled(manifest, finished.ballots);
    const resultSignature = await storeResult(
      ctx,
      em,
      opened,
      {
        ballots,
        records: [],
        eligible: Math.max(everEligible(election, finished), finished.ballots.length),
        closedAt: election.closesAt,
      },
      [],
      await countedRoot(manifest, ballots),
    );
    await changeElection(ctx, em, opened, {
      resultSignature,
      ...(opened.state === 'published' && { publishedAt: now }),
    });
    const detail = `${finished.ballots.length} ballots, ${finished.voters.length} voters, from ${finished.source}`;
    await appendAudit(ctx, em, { key: election.key, at: now, actor: SERVER, action: 'imported', detail });
    return ok(opened.state);
  });
}

/** Also who has withdrawn since: they stood, and ballots rank them. */
const everybody = (election: Election): Election['candidates'] =>
  election.candidates.map(({ withdrawn: _, ...candidate }) => candidate);

/** As they are after `delete_after`: that somebody took part, and nothing that leads to a ballot. */
async function insertParticipations(em: EntityManager, id: string, voters: readonly Person[]): Promise<void> {
  const blank = {
    kdf: KDF.id,
    salt: Buffer.alloc(16),
    auth_tag: Buffer.alloc(32),
    sealed_seed: Buffer.alloc(76),
    mac: '',
  };
  const rows = voters.map(({ userId }) => ({ election: id, user: userId, ...blank }));
  for (let at = 0; at < rows.length; at += 500) {
    await tables(em)
      .insertInto('participation')
      .values(rows.slice(at, at + 500))
      .execute();
  }
}

/** Who is on the roll, or took part and is no longer on it. */
const everEligible = (election: Election, { voters }: FinishedElection): number =>
  new Set([...election.voters, ...voters].map(({ login }) => foldLogin(login, election))).size;

/** In the order of random trackers: the order they came in is gone. */
function shuffled(manifest: Manifest, ballots: FinishedElection['ballots']) {
  return ballots
    .map((ballot) => {
      // As they were given where a ballot of ours could say them; else the same order in ranks it can.
      const given = Object.fromEntries(ballot);
      const fits = [...ballot.values()].every((rank) => rank >= 1 && rank <= manifest.candidates.length);
      const ranks = fits ? given : normaliseRanking(given);
      return {
        tracker: randomBytes(16).toString('hex'),
        ranks: manifest.candidates.map((id) => (Object.hasOwn(ranks, id) ? (ranks[id] ?? 0) : 0)),
      };
    })
    .toSorted((a, b) => (a.tracker < b.tracker ? -1 : 1));
}

/** A request for an exception that was made somewhere else. */
export interface ImportedException extends Pick<
  ExceptionRequest,
  'login' | 'name' | 'email' | 'reason' | 'status'
> {
  readonly person: Person;
  readonly requestedAt: Instant;
  /** Stands in the request's history when it is decided. */
  readonly note: string;
}

/** Takes over a request; false when the person has one in this election. */
export function importException(
  ctx: Context,
  election: Pick<Election, 'key'>,
  request: ImportedException,
): Promise<Result<boolean>> {
  return transact(ctx, async (em) => {
    const decision: ExceptionStep = {
      at: await ctx.now(em),
      from: 'officer',
      by: SERVER,
      status: request.status,
      note: request.note,
    };
    const made = await insertRequest(ctx, em, {
      election_key: election.key,
      user: request.person.userId,
      login: request.login,
      name: request.name,
      email: request.email,
      reason: request.reason,
      status: request.status,
      requested_at: request.requestedAt,
      steps: request.status === 'open' ? [] : [decision],
    });
    return ok(made);
  });
}
