import type { Person, PersonFacts } from '@elekto/ballot-box';
import type { Election, Instant } from '@elekto/election';
import type { Result } from '@elekto/protocol/refusal';
import { NEXT_STEPS, STAND_KINDS, standOf, type LinksEnd, type Stand } from '@elekto/protocol/stand';
import { z } from 'zod';

import type { ApiContext } from '../context.ts';
import { placeOf, type Place } from '../status/stage.ts';

export const standSchema = z.object({
  kind: z.enum(STAND_KINDS),
  next: z.enum(NEXT_STEPS).nullable(),
}) satisfies z.ZodType<Stand>;

export const linksSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('kept') }),
  z.object({ kind: z.literal('close') }),
  z.object({ kind: z.literal('count') }),
  z.object({ kind: z.literal('published'), earliest: z.number() }),
  z.object({ kind: z.literal('at'), at: z.number() }),
]) satisfies z.ZodType<LinksEnd>;

interface PersonStand {
  readonly place: Place;
  readonly stand: Stand;
  readonly facts: PersonFacts;
}

/** Where `person` stands with `election` at `now`: from the files, the ballot box and the clock, by the one rule. */
export async function personStand(
  ctx: Pick<ApiContext, 'box' | 'standings'>,
  election: Election,
  person: Person,
  now: Instant,
): Promise<Result<PersonStand>> {
  const place = placeOf(election, (await ctx.standings()).get(election.key), now);
  const found = await ctx.box.personFacts(election, person);
  if (!found.ok) return found;
  const facts = found.value;
  const { phase, opensAt, closesAt } = place;
  const stand = standOf(facts, {
    phase,
    waiting: place.stage === 'waiting',
    held: place.stage !== 'held-elsewhere',
    published: isPublished(election, place),
    opensAt,
    closesAt,
    exceptionsDueAt: election.exceptionsDueAt,
    now,
  });
  return { ok: true, value: { place, stand, facts } };
}

/** Something of a result can be read: the box has seen it published, or its files are served. */
const isPublished = ({ ballotsCsv, resultsJson, results }: Election, { stage }: Place): boolean =>
  stage === 'published' ||
  ((stage === 'counted' || stage === 'held-elsewhere') && (ballotsCsv ?? resultsJson ?? results) !== null);
