import type { EntityManager } from '@elekto/db';
import { isEligible } from '@elekto/election';
import type { Election, Instant } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { linksEnd } from '@elekto/protocol/stand';
import type { LinksEnd, StandFacts } from '@elekto/protocol/stand';
import type { Context } from '../context.ts';
import type { Person } from '../model.ts';
import { findRequest } from '../offices/request-rows.ts';
import { ok } from '../result.ts';
import { look } from '../transact.ts';
import { electionRow } from './election-row.ts';
import type { OpenedElection } from './election-row.ts';
import { rollEntry } from './eligibility.ts';
import { findParticipation } from './participation.ts';
import { isVoided } from './voided.ts';

/** What the person themselves may know of where they stand with an election. */
export interface PersonFacts extends StandFacts {
  /** Until when a passphrase leads to a ballot. */
  readonly links: LinksEnd;
}

/** Of the person who asks and of nobody else: nothing of it is told to others. */
export const personFacts = (ctx: Context, election: Election, person: Person): Promise<Result<PersonFacts>> =>
  look<PersonFacts>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, election.key);
    if (opened === null) {
      const roll = isEligible(election, person.login, person.account) ? 'on' : 'off';
      const links = linksBefore(election);
      const request = await requestStatus(ctx, em, election, person, roll);
      return ok({ roll, voted: false, voided: false, request, linkGone: false, receiptTells: false, links });
    }
    const voted = (await findParticipation(ctx, em, opened, person.userId, false)) !== null;
    const voided = !voted && (await isVoided(ctx, em, opened.id, person.userId));
    const entry = await rollEntry(ctx, em, opened, person);
    if (!entry.ok && entry.error.kind === 'ballot-box-damaged') return entry;
    const roll = entry.ok ? 'on' : entry.error.kind === 'identity-mismatch' ? 'taken' : 'off';
    const request = await requestStatus(ctx, em, election, person, roll);
    const { suite, receipts } = opened.manifest;
    const receiptTells = suite === 2 && receipts !== 'none';
    const linkGone = ctx.keys.link(opened.id) === null;
    return ok({ roll, voted, voided, request, linkGone, receiptTells, links: linksOf(opened) });
  });

/** Until when a passphrase leads to its ballot, for whoever tells the public: the same for everybody. */
export const linksTold = (ctx: Context, election: Election): Promise<Result<LinksEnd>> =>
  look<LinksEnd>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, election.key);
    return ok(opened === null ? linksBefore(election) : linksOf(opened));
  });

/** When the result was published; null before, and for one that was taken over from elsewhere, of which nobody can tell. */
export const publishedAt = (ctx: Context, election: Pick<Election, 'key'>): Promise<Result<Instant | null>> =>
  look<Instant | null>(ctx, async (em) => {
    const opened = await electionRow(ctx, em, election.key);
    return ok(opened?.origin === 'held' ? opened.publishedAt : null);
  });

/** Until when passphrases will lead to ballots, before the opening: the files alone say it. */
export const linksBefore = (election: Election): LinksEnd =>
  linksEnd({ ...election, suite: election.custody === undefined ? 1 : 2 }, election.closesAt, null);

/** Until when a passphrase leads to a ballot of this box. */
export const linksOf = (opened: OpenedElection): LinksEnd =>
  linksEnd(opened.manifest, opened.closesAt, opened.publishedAt);

/** Of who is on the roll nothing is asked: a request that somebody else altered keeps nobody from voting. */
async function requestStatus(
  ctx: Context,
  em: EntityManager,
  { key }: Election,
  { userId: user }: Person,
  roll: StandFacts['roll'],
): Promise<StandFacts['request']> {
  if (roll === 'on') return null;
  return (await findRequest(ctx, em, key, { user }))?.request.status ?? null;
}
