/** What is published of an election, by its box and its folder: asked here by whoever tells it. */
import type { BallotBox } from '@elekto/ballot-box';
import type { Election } from '@elekto/election';
import { publishedResult, type BoxFacts, type PublishedResult } from '@elekto/protocol/published';

import type { ApiContext } from '../context.ts';
import { servedSnapshot } from '../elections.ts';

import type { Place } from './stage.ts';
import type { Trouble } from './status.ts';

type Ctx = Pick<ApiContext, 'box' | 'snapshot' | 'trouble'>;

interface Known {
  /** What the answer was worked out from beside the files. */
  readonly from: string;
  readonly published: Promise<PublishedResult>;
}

/** Recounts take long. A new look at the repository that changes nothing keeps its elections, and so these answers. */
const known = new WeakMap<Election, Known>();

/** What is published of `election`, which stands at `place`. */
export async function publishedOf(ctx: Ctx, election: Election, place: Place): Promise<PublishedResult> {
  const { resultsKeys: knownKeys } = servedSnapshot(ctx);
  const box = await boxFactsOf(ctx.box, election, place, ctx.trouble(election.key));
  const { phase } = place;
  const from = JSON.stringify([box, phase, knownKeys]);
  const before = known.get(election);
  if (before?.from === from) return before.published;
  const published = publishedResult({ election, phase, box, knownKeys });
  known.set(election, { from, published });
  return published;
}

/** What the box says of a result, with what keeps the election from being opened or counted. */
export async function boxFactsOf(
  box: Pick<BallotBox, 'resultFacts'>,
  { key }: Pick<Election, 'key'>,
  { waiting }: Pick<Place, 'waiting'>,
  trouble: Pick<Trouble, 'code'> | null,
): Promise<BoxFacts> {
  if (waiting !== null) return { state: 'waiting', reasons: [waiting] };
  const facts = await box.resultFacts(key);
  if (!facts.ok) return { state: 'closed', trouble: facts.error.kind };
  return facts.value.state === 'closed'
    ? { ...facts.value, trouble: facts.value.trouble ?? trouble?.code ?? null }
    : facts.value;
}
