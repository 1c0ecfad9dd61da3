/**
 * Whoever keeps the key: whoever reads and writes every row while people vote, and hears every answer, learns
 * nothing of how they vote. Each story is played in two worlds that differ in the rankings only: nothing that the insider
 * sees differs, but for what is random in every world.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { play, story } from './random-insider/model.ts';
import type { Story, Told } from './random-insider/model.ts';
import { openStage } from './random-insider/stage.ts';
import type { Stage } from './random-insider/stage.ts';
import type { Copy, Row } from './rows.ts';

/** Random, or a code made of something random: of it only the size can tell something. */
const RANDOM = /^[\w-]{16,}$/;

function shapeOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (typeof value !== 'string') return value;
  if (RANDOM.test(value)) return `${value.length} letters`;
  return value
    .replace(/elekto-insider-\w+/g, 'elekto-insider')
    .replace(/[0-9a-f]{16,}|[\w-]{40,}/g, (random) => `${random.length} letters`);
}

/** How often this process has fetched, which goes on from story to story. */
const COUNTED_HERE = 'fetched_from';

/** What is to be seen of all rows, in no order that is random. */
const shapesOf = (rows: Copy): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(rows).map(([table, all]) => [
      table,
      all
        .map((row: Row) =>
          JSON.stringify(
            Object.entries(row)
              .filter(([column]) => column !== COUNTED_HERE)
              .map(([column, value]) => [column, shapeOf(value)]),
          ),
        )
        .toSorted(),
    ]),
  );

interface Seen {
  readonly rows: Record<string, string[]>[];
  readonly answers: string[];
}

async function seenIn(stage: Stage, one: Story, turned: boolean, show = shapesOf): Promise<Seen> {
  const told: Told = { lines: [], end: 'refused' };
  const rows: Seen['rows'] = [];
  // What the outcome says is for everybody: the last look is before it is told.
  await play(stage, one, told, { turned, watch: (copy) => rows.push(show(copy)), until: 'decide' });
  return { rows, answers: told.lines.map((line) => String(shapeOf(line))) };
}

// Dear: a ballot for officers takes a tenth of a second.
const KEEPERS = [
  { keeper: 'the server keeps the key', suite: 1, runs: 12 },
  { keeper: 'officers keep the key', suite: 2, runs: 4 },
] as const;

describe.each(KEEPERS)('an insider where $keeper', ({ suite, runs }) => {
  const kept = story.map((one): Story => ({ ...one, large: false, suite }));

  it('sees the same rows and hears the same answers, however people vote', { timeout: 300_000 }, async () => {
    const stage = await openStage('sqlite');
    try {
      await fc.assert(
        fc.asyncProperty(kept, async (one) => {
          expect(await seenIn(stage, one, true)).toEqual(await seenIn(stage, one, false));
        }),
        { numRuns: runs, seed: 42 },
      );
    } finally {
      await stage.end();
    }
  });

  it('would be seen to learn something, did one row tell a ranking', { timeout: 60_000 }, async () => {
    const stage = await openStage('sqlite');
    const votes: Story = {
      steps: [{ deed: 'cast', who: 0, likesAda: true }],
      late: [],
      large: false,
      suite,
      approvals: 1,
    };
    try {
      const [one, other] = [true, false].map((turned) => (copy: Copy) => {
        const told = copy.participation.length > 0 ? [turned ? 'ada' : 'barbara'] : [];
        return { ...shapesOf(copy), told };
      });
      expect(await seenIn(stage, votes, true, one)).not.toEqual(await seenIn(stage, votes, false, other));
      expect(await seenIn(stage, votes, true)).toEqual(await seenIn(stage, votes, false));
    } finally {
      await stage.end();
    }
  });
});
