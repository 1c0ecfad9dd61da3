/**
 * Somebody writes every row of the database at will while honest people hold an election: the result is the honest
 * one, or there is none and a reason. The stories are the same in each run of the suite, so that what is red was
 * changed; `npm run insider` plays others, as many as one likes.
 */
import { expect, it } from 'vitest';
import { DIALECTS } from './support.ts';
import { search } from './random-insider/search.ts';

it.each(DIALECTS)(
  'an insider at random never gets another result than the honest one on %s',
  { timeout: 600_000 },
  async (dialect) => {
    const runs = dialect === 'sqlite' ? 160 : 10;
    const found = await search({ dialect, runs, seed: 42 });
    expect(found.counterexample ?? 'none').toBe('none');
    // Neither has the insider no effect, nor is everything refused.
    expect(found.honest).toBeGreaterThan(runs / 10);
    expect(found.refused).toBeGreaterThan(runs / 10);
  },
);
