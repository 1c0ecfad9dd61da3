/** The same ballots by every method: for information, the result is the one of the pinned rule. */
import { count, CountError, METHODS, parseBallotsCsv, type MethodName, type Outcome } from '@elekto/tally';
import type { ElectionResult } from '../../backend/model.ts';

export interface Compared {
  readonly method: MethodName;
  readonly title: string;
  readonly outcome: Outcome | null;
  /** Why this method has no answer here; null when it has. */
  readonly problem: string | null;
}

/** Yields after each method, so that the window stays alive between them. */
export async function* compareMethods(
  csv: string,
  manifest: ElectionResult['manifest'],
): AsyncGenerator<Compared> {
  const { seats, representationLimit, limitValues } = manifest;
  const limit =
    representationLimit === null
      ? {}
      : { limit: { ...representationLimit, values: new Map(Object.entries(limitValues ?? {})) } };
  for (const { name: method, title } of METHODS) {
    await new Promise((resolve) => setTimeout(resolve));
    try {
      yield {
        method,
        title,
        outcome: count(parseBallotsCsv(csv), { method, seats, ...limit }),
        problem: null,
      };
    } catch (error) {
      if (!(error instanceof CountError)) throw error;
      yield { method, title, outcome: null, problem: error.message };
    }
  }
}
