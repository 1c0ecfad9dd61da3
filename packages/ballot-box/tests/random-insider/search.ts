/** Plays many random stories; the first that ends badly is made as short as it gets. */
import fc from 'fast-check';
import { DIALECTS } from '../support.ts';
import type { DialectName } from '../support.ts';
import { play, story } from './model.ts';
import type { Story, Told } from './model.ts';
import { openStage } from './stage.ts';

export interface Search {
  readonly dialect: DialectName;
  readonly runs: number;
  readonly seed: number;
  /** From a counterexample: only that one is played. */
  readonly path?: string | undefined;
}

export interface Found {
  /** Stories that ended with the honest result, and those that ended with a refusal. */
  readonly honest: number;
  readonly refused: number;
  /** null: no story ended badly. */
  readonly counterexample: string | null;
}

export async function search({ dialect, runs, seed, path }: Search): Promise<Found> {
  if (!DIALECTS.includes(dialect)) throw new Error(`there is no ${dialect} here: ${DIALECTS.join(', ')}`);
  const stage = await openStage(dialect);
  const ends = { honest: 0, refused: 0 };
  const tell = async (one: Story): Promise<{ told: Told; error: unknown }> => {
    const told: Told = { lines: [], end: 'refused' };
    try {
      await play(stage, one, told);
      return { told, error: null };
    } catch (error) {
      return { told, error };
    }
  };
  try {
    const property = fc.asyncProperty(story, async (one) => {
      const { told, error } = await tell(one);
      if (error !== null) throw error;
      ends[told.end] += 1;
    });
    const result = await fc.check(property, {
      numRuns: runs,
      seed,
      ...(path !== undefined && { path }),
      interruptAfterTimeLimit: 30 * 60_000,
    });
    if (!result.failed || result.counterexample === null) return { ...ends, counterexample: null };
    const [worst] = result.counterexample;
    const { told, error } = await tell(worst);
    const again = `npm run insider -- --database ${dialect} --seed ${result.seed} --path "${result.counterexamplePath ?? ''}"`;
    return {
      ...ends,
      counterexample: [
        `After ${result.numRuns} stories on ${dialect}, seed ${result.seed}, made shorter ${result.numShrinks} times:`,
        ...told.lines,
        `=> ${(error ?? result.errorInstance) instanceof Error ? String(((error ?? result.errorInstance) as Error).stack) : String(error)}`,
        JSON.stringify(worst),
        again,
      ].join('\n'),
    };
  } finally {
    await stage.end();
  }
}
