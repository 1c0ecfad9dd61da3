import {
  type BoardFiles,
  type Chain,
  type Line,
  type RunTask,
  type Verified,
  verifyBoard,
} from '@elekto/custody/board';
import type { Header } from '@elekto/custody/ceremony';
import { canonicalJson } from '@elekto/wire';
import type { Outcome } from '@elekto/tally';
import { checked } from '../result/check.ts';
import type { Check } from '../result/check.ts';
import { readBallots } from '../result/read-ballots.ts';
import { readResults } from '../result/read-results.ts';
import type { ResultsFile3 } from '../result/results.ts';
import { verifyResults, type Verification, type VerifyInput } from '../result/verify-results.ts';
import { checkOfLine } from './board-step.ts';
import { type BoardBytes, checkFiles } from './check-files.ts';
import { checkBranch, checkOwn, type ShownRelease } from './check-box.ts';
import { checkRows } from './check-rows.ts';
import { checkTies } from './check-ties.ts';

/** Everything that a count by officers is verified from. */
export interface CountInput extends Omit<VerifyInput, 'tracker' | 'boxed'> {
  readonly board: BoardBytes;
  /** The custody file, as it stands in the repository. */
  readonly transcript: string;
  /** Hashes (hex) of the boxes that stand for this run on the protected branch; left out where no repository is at hand. */
  readonly boxesOnBranch?: readonly string[] | undefined;
  /** What the files of the election say differently from what voters saw, in a sentence; null: nothing. Left out without a repository. */
  readonly difference?: string | null | undefined;
  /**
   * Gives what the server shows to the holder of the receipt: null when it says that nobody signed, undefined when it does not say.
   * Asked only where its record is not in the box.
   */
  readonly released?: (() => Promise<ShownRelease | null | undefined>) | undefined;
}

/** A count that verified. */
export interface Counted extends Verified {
  readonly file: ResultsFile3;
  readonly signer: Verification['signer'];
  readonly recount: Outcome | null;
}

type Steps = AsyncGenerator<Check, Counted | null>;

/**
 * Verifies a count by officers from files alone, one check after another; the first that fails is the last one, and says
 * in a sentence which step and which party.
 *
 * @param run does the dear steps; here and now where it is left out.
 */
export async function* verifyCount(input: CountInput, run?: RunTask): Steps {
  const read = readResults(input.resultsJson);
  if (!read.ok) return yield* end(checked('format', false, read.code, read.facts));
  const file = read.value;
  if (file.format !== 'elekto-results/3') return yield* end(checked('format', false, 'no-board'));
  yield checked('format', true, 'readable');

  if (input.difference !== undefined) {
    const same = checkRepository(file, input.difference);
    yield same;
    if (!same.ok) return null;
  }
  const there = checkFiles(file, input.board);
  yield there;
  if (!there.ok) return null;

  const verified = yield* throughBoard(input, file, verifyBoard(boardFilesOf(input, file), run));
  if (verified === null) return null;
  const rows = input.ballotsCsv === null ? null : readBallots(input.ballotsCsv, file.manifest);
  if (rows?.ok === false) return yield* end(checked('ballots', false, rows.code, rows.facts));
  const same = checkRows(file, rows?.value ?? null, verified.opened);
  yield same;
  if (!same.ok) return null;

  const { receipt: _receipt, ...result } = input;
  const { checks, signer, recount } = await verifyResults(result);
  const counted = checks.filter(({ name }) => name !== 'format' && name !== 'signature');
  for (const check of [...counted, checkTies(file, verified.board, input.board)]) {
    yield check;
    if (!check.ok) return null;
  }
  const signature = checks.find(({ name }) => name === 'signature') as Check;
  yield signature;
  return signature.ok ? { ...verified, file, signer, recount } : null;
}

async function* end(check: Check): AsyncGenerator<Check, null> {
  yield check;
  return null;
}

const boardFilesOf = ({ board, transcript }: CountInput, file: ResultsFile3): BoardFiles => {
  const of = (kind: string): Uint8Array[] =>
    file.board.flatMap(({ name }) => (name.includes(`-${kind}`) ? [board.get(name) as Uint8Array] : []));
  return {
    transcript,
    manifest: canonicalJson(file.manifest),
    electors: file.eligible,
    box: of('box')[0] ?? new Uint8Array(),
    mixes: of('mix'),
    decryptions: of('decrypt'),
  };
};

/** The board's lines, with what the result says of them where they are the first to know it. */
async function* throughBoard(
  input: CountInput,
  file: ResultsFile3,
  lines: AsyncGenerator<Line, Verified | null>,
): AsyncGenerator<Check, Verified | null> {
  for (;;) {
    const next = await lines.next();
    if (next.done === true) return next.value;
    const line = next.value;
    // The rows say the same and more.
    if (line.ok && line.step.code === 'combined') continue;
    const check = checkOfLine(line);
    yield check;
    if (!line.ok) return null;
    const { step } = line;
    const more =
      step.code === 'ceremony-made'
        ? [checkOfficers(file, step.header)]
        : step.code === 'box-proven'
          ? await ofTheBox(input, file, step.board)
          : [];
    for (const each of more) {
      yield each;
      if (!each.ok) return null;
    }
  }
}

const checkRepository = ({ manifest }: ResultsFile3, difference: string | null): Check =>
  checked('repository', difference === null, difference === null ? 'repository-same' : 'repository-differs', {
    difference: difference ?? '',
    commit: manifest.sourceCommit,
  });

/** Whether the manifest, which voters saw, names those who made the key. */
function checkOfficers({ manifest }: ResultsFile3, { officers, threshold }: Header): Check {
  const logins = officers.map(({ login }) => login);
  const same = manifest.threshold === threshold && manifest.officers.join() === logins.join();
  return checked('ceremony', same, same ? 'officers-named' : 'officers-differ', { officers: logins });
}

async function ofTheBox(
  { boxesOnBranch, receipt, released, publicKey }: CountInput,
  file: ResultsFile3,
  board: Chain,
): Promise<Check[]> {
  const own =
    receipt === undefined
      ? []
      : [await checkOwn(file, board, publicKey ?? file.publicKey, receipt, released)];
  return [...own, ...(boxesOnBranch === undefined ? [] : [checkBranch(board, boxesOnBranch)])];
}
