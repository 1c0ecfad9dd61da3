/** The same ballots by every method: for information, the result is the one of the pinned rule. */
import { byMethod, countCsv, ruleOf } from '@elekto/protocol/rule';
import { CountError, METHODS, type MethodName, type Outcome } from '@elekto/tally';
import type { ElectionResult } from '../../backend/model.ts';

export interface Compared {
  readonly method: MethodName;
  readonly title: string;
  readonly outcome: Outcome | null;
  /** Why this method has no answer here; null when it has. */
  readonly problem: string | null;
}

/**
 * The pinned rule with each method in turn; strength, unranked, order, seats and limit stay as they are, and who was
 * struck out stays so. What people decided settles the ties of the pinned method alone. Yields after each, so that the
 * window stays alive between them.
 */
export async function* compareMethods(
  csv: string,
  {
    manifest,
    outcome,
    tieDecisions,
    eligible,
  }: Pick<ElectionResult, 'manifest' | 'outcome' | 'tieDecisions' | 'eligible'>,
): AsyncGenerator<Compared> {
  const struck = manifest.candidates.filter((id) => !outcome.candidates.includes(id)).map((id) => ({ id }));
  const rule = ruleOf(manifest, { struck, eligible });
  for (const { name: method, title } of METHODS) {
    await new Promise((resolve) => setTimeout(resolve));
    try {
      const decisions = method === manifest.counting.method ? tieDecisions : [];
      yield { method, title, outcome: countCsv(byMethod(rule, method), csv, decisions), problem: null };
    } catch (error) {
      if (!(error instanceof CountError)) throw error;
      yield { method, title, outcome: null, problem: error.message };
    }
  }
}
