/** Counts published ballots again and says how the count compares with what was published. */
import { verifyResults } from '@elekto/protocol/result';
import type { Check } from '@elekto/protocol/result';
import { count, parseBallotsCsv } from '@elekto/tally';
import type { CountOptions, Outcome } from '@elekto/tally';

export interface Recount {
  readonly outcome: Outcome;
  /** Checks of the signed result; empty when there is none. */
  readonly checks: readonly Check[];
  /** Whether places and seats are the published ones; null when nothing to compare with was published. */
  readonly agrees: boolean | null;
}

/** What is known about an election besides its ballots. */
export interface Rules {
  readonly options: CountOptions;
  readonly places: Outcome['places'] | null;
}

/** @throws the reader's error when the ballots cannot be read. */
export async function recount(
  ballotsCsv: string,
  resultsJson: string | null,
  rules: Rules | null,
  /** A voter's saved receipt, text. */
  receipt: string | null = null,
): Promise<Recount> {
  if (resultsJson !== null) {
    const { checks } = await verifyResults({
      ballotsCsv,
      resultsJson,
      ...(receipt === null ? {} : { receipt }),
    });
    const { outcome } = JSON.parse(resultsJson) as { outcome: Outcome };
    // A receipt of a ballot that was replaced later is genuine and not counted: no fault of the count.
    const agrees = checks.every((check) => check.ok || check.name === 'receipt');
    return { outcome, checks, agrees };
  }
  const outcome = count(parseBallotsCsv(ballotsCsv), rules?.options ?? {});
  const agrees = rules?.places ? JSON.stringify(rules.places) === JSON.stringify(outcome.places) : null;
  return { outcome, checks: [], agrees };
}
