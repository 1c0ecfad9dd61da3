/** What is said to who holds a share of a key and is no officer of the election. */
import { phrase } from '@elekto/words';
import type { HeldElection } from '../backend/model.ts';
import texts from '../texts/home.json' with { type: 'json' };

interface HeldWords {
  readonly title: string;
  /** What they are needed for, and how they come back to the rest, a paragraph each. */
  readonly text: readonly string[];
}

export function heldWords({ name, stage, custody: { officers, threshold } }: HeldElection): HeldWords {
  const values = { name, officers, needed: threshold };
  return {
    title: phrase(texts.held.title, values, 'en'),
    text: [phrase(texts.held[stage], values, 'en'), texts.held.office],
  };
}
