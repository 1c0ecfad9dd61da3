import type { Election } from '@elekto/election';
import { labelsOf } from '@elekto/protocol/manifest';
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
  /** Ties for the last seats that an agreed result leaves open. */
  openTies: z.number(),
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
  { candidates }: Pick<Election, 'candidates'>,
): z.infer<typeof publishedSummary> {
  // As on the ballot where that is signed, else as the files say.
  const names = labelsOf(('file' in published ? published.file?.manifest : null) ?? null, candidates);
  return {
    state: published.state,
    early: 'early' in published && published.early,
    elected: electedIn(published)?.map((id) => ({ id, name: names[id] ?? id })) ?? null,
    openTies: 'outcome' in published ? published.outcome.seats.openTies.length : 0,
    recounted: 'recount' in published && published.recount !== null,
    heldOn: published.state === 'signed' ? (published.heldOn?.server ?? null) : null,
    unknownKey: published.state === 'recounted' ? (published.file?.publicKey ?? null) : null,
    dispute: published.state === 'disputed' ? published.dispute : null,
  };
}
