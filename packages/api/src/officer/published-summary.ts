import type { CandidateId, Election } from '@elekto/election';
import { electedIn, type Dispute, type PublishedResult } from '@elekto/protocol/published';
import { z } from 'zod';

/** What is published of an election, as far as a list of elections tells it. */
export const publishedSummary = z.object({
  state: z.enum([
    'before',
    'waiting',
    'counting',
    'pending',
    'signed',
    'recounted',
    'superseded',
    'disputed',
    'report',
    'none',
  ]),
  /** Files of a result lie there before the end. */
  early: z.boolean(),
  /** Null where no agreed result says who. */
  elected: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .readonly()
    .nullable(),
  /** The published ballots, counted again here, give the published outcome. */
  recounted: z.boolean(),
  /** Who signed it, where it was held on another server that results-keys.yaml names. */
  heldOn: z.string().nullable(),
  /** The key of a signed result by whom nobody here knows. */
  unknownKey: z.string().nullable(),
  /** What is wrong with the files. */
  dispute: z.custom<Dispute>((value) => typeof value === 'object' && value !== null).nullable(),
});

export function summarisePublished(
  published: PublishedResult,
  election: Pick<Election, 'candidates'>,
): z.infer<typeof publishedSummary> {
  return {
    state: published.state,
    early: 'early' in published && published.early,
    elected: electedIn(published)?.map((id) => ({ id, name: nameOn(published, election, id) })) ?? null,
    recounted: 'recount' in published && published.recount !== null,
    heldOn: published.state === 'signed' ? (published.heldOn?.server ?? null) : null,
    unknownKey: published.state === 'recounted' ? (published.file?.publicKey ?? null) : null,
    dispute: published.state === 'disputed' ? published.dispute : null,
  };
}

/** As on the ballot where that is signed, else as the files say. */
function nameOn(
  published: PublishedResult,
  { candidates }: Pick<Election, 'candidates'>,
  id: CandidateId,
): string {
  const manifest = 'file' in published ? published.file?.manifest : undefined;
  const pinned = manifest?.version === 2 ? manifest.names[id] : undefined;
  return pinned ?? candidates.find((each) => each.id === id)?.name ?? id;
}
