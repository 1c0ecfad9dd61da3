/** Counts published ballots again and says how the count compares with what was published. */
import { verifyResults } from '@elekto/protocol/result';
import type { Check, OutcomeData, VerifyInput } from '@elekto/protocol/result';
import type { CountInput } from '@elekto/protocol/board';
import { countCsv, UNKNOWN_RULE } from '@elekto/protocol/rule';
import type { Rule } from '@elekto/protocol/rule';

import type { BoardHere } from './board-files.ts';
import type { Told } from './verify-count.ts';

export interface Recount {
  /** Null where the ballots or the signed file cannot be read: the last check says why. */
  readonly outcome: Pick<OutcomeData, 'counts' | 'candidates' | 'places'> | null;
  /** Checks of the signed result; empty when there is none. */
  readonly checks: readonly Check[];
  /** Whether places and seats are the published ones; null when nothing to compare with was published. */
  readonly agrees: boolean | null;
}

/** What is known about an election besides its ballots. */
export interface Known {
  readonly rule: Rule;
  readonly places: OutcomeData['places'] | null;
  /** By whom the result must be signed, and for which folder: never on the word of the file itself. */
  readonly signed: Pick<VerifyInput, 'publicKey' | 'knownKeys' | 'folder'>;
}

/**
 * Verifies a count by officers, each step of which is told as it is done; the result is what was told, with the outcome when
 * all of it holds.
 */
export async function verifyHere(
  input: Omit<CountInput, keyof BoardHere>,
  files: BoardHere,
  told: Told,
): Promise<Recount> {
  const { verifyCountHere } = await import('./verify-count.ts');
  const checks: Check[] = [];
  const check = (one: Check): void => {
    checks.push(one);
    told.check(one);
  };
  const counted = await verifyCountHere({ ...input, ...files }, { ...told, check });
  return { outcome: counted?.recount ?? null, checks, agrees: counted !== null };
}

/** @throws the reader's error when there is no results.json and the ballots cannot be read. */
export async function recount(
  ballotsCsv: string,
  resultsJson: string | null,
  known: Known | null,
  /** A voter's saved receipt, text. */
  receipt: string | null = null,
): Promise<Recount> {
  if (resultsJson !== null) {
    const { checks, recount: outcome } = await verifyResults({
      ballotsCsv,
      resultsJson,
      ...known?.signed,
      ...(receipt === null ? {} : { receipt }),
    });
    // A receipt of a ballot that was replaced later is genuine and not counted: no fault of the count.
    const agrees = checks.every((check) => check.ok || check.name === 'receipt');
    return { outcome, checks, agrees };
  }
  const outcome = countCsv(known?.rule ?? UNKNOWN_RULE, ballotsCsv);
  const agrees = known?.places ? JSON.stringify(known.places) === JSON.stringify(outcome.places) : null;
  return { outcome, checks: [], agrees };
}
