import { matchIds, hasEnded } from '@elekto/election';
import type { CandidateId, Election } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import type { Context } from '../context.ts';
import type { BallotWithdrawal, Person } from '../model.ts';
import { appendAudit } from '../offices/audit-trail.ts';
import { takeOffice } from '../offices/office.ts';
import { ok, refuse } from '../result.ts';
import { transact } from '../transact.ts';
import type { DefinitionSource } from './definition-source.ts';
import { changeElection, electionRow } from './election-row.ts';
import type { OpenedElection, Struck } from './election-row.ts';

/** Whether the files say of a pinned candidate that they have withdrawn. */
function hasWithdrawn({ manifest }: OpenedElection, election: Election, id: CandidateId): boolean {
  const found = matchIds(manifest.candidates, election.candidates).matched.get(id);
  return found?.withdrawn !== undefined;
}

/** Everybody on the ballot who no longer stands by the files, and those struck out whose file is gone since. */
export function withdrawalsFrom(opened: OpenedElection, election: Election): BallotWithdrawal[] {
  const { manifest, struck } = opened;
  const { matched } = matchIds(manifest.candidates, election.candidates);
  const names = manifest.version === 1 ? {} : manifest.names;
  return manifest.candidates.flatMap((id) => {
    const file = matched.get(id);
    const isStruck = struck.some((each) => each.id === id);
    if (file?.withdrawn === undefined && !isStruck) return [];
    const name = names[id] ?? file?.name ?? id;
    return [{ id, name, reason: file?.withdrawn?.reason ?? '', struck: isStruck }];
  });
}

/** The strikes that still hold by a newer definition: one whose candidate's file no longer says so lapses. */
export function standingStrikes(opened: OpenedElection, election: Election): readonly Struck[] {
  const { matched } = matchIds(opened.manifest.candidates, election.candidates);
  return opened.struck.filter(({ id }) => {
    const found = matched.get(id);
    return found === undefined || found.withdrawn !== undefined;
  });
}

/**
 * Confirms, or takes back, that a candidate who withdrew after the first ballot is counted without: a merge alone
 * must not remove anybody from an election that people vote in. The ballots stay as they are, and the close fixes
 * who is struck out. Refuses with `no-strike` where the files do not say that this candidate of the
 * ballot has withdrawn.
 */
export async function decideStrike(
  ctx: Context,
  election: Election,
  officer: Person,
  decision: { readonly id: CandidateId; readonly strike: boolean },
  source: DefinitionSource,
): Promise<Result<null>> {
  const office = await takeOffice(ctx, election, officer);
  if (!office.ok) return office;
  const { id, strike } = decision;
  return transact(ctx, async (em) => {
    const opened = await electionRow(ctx, em, election.key, 'update');
    if (opened === null) return refuse('not-open-yet', election.opensAt);
    const now = await ctx.now(em);
    if (opened.state !== 'open' || hasEnded(opened, now)) {
      return refuse('already-closed', opened.closedAt ?? opened.closesAt);
    }
    if (source.fetchedFrom < opened.fetchedFrom) return refuse('conflict');
    const struck = opened.struck.filter((each) => each.id !== id);
    const before = struck.length < opened.struck.length;
    if (strike && !hasWithdrawn(opened, election, id)) return refuse('no-strike');
    if (!strike && !before) return refuse('no-strike');
    if (strike && before) return ok(null);
    const next = strike ? [...struck, { id, commit: source.commit }] : struck;
    await changeElection(ctx, em, opened, { struck: next });
    await appendAudit(ctx, em, {
      key: opened.key,
      at: now,
      actor: officer.login,
      action: strike ? 'strike-confirmed' : 'strike-taken-back',
      detail: strike ? `${id}, commit ${source.commit}` : id,
    });
    return ok(null);
  });
}
