import { keyStanding } from '@elekto/election';
import type { CandidateId, ElectionKey, ResultsKey } from '@elekto/election';
import { CountError } from '@elekto/tally';
import type { Outcome } from '@elekto/tally';
import { merkleRoot, toHex } from '@elekto/wire';
import { hashManifest } from '../manifest/manifest.ts';
import { manifestProblem } from '../manifest/manifest-schema.ts';
import { countByRule } from '../rule/count-by-rule.ts';
import { checked } from './check.ts';
import type { Check, CheckCode, CheckName, Facts } from './check.ts';
import { checkReceipt, checkTracker } from './check-voter.ts';
import { ballotLeaf } from './counted.ts';
import { givesAgain } from './stated-outcome.ts';
import { readBallots } from './read-ballots.ts';
import type { Ranks } from './read-ballots.ts';
import { readResults } from './read-results.ts';
import { resultsMessage, trackersOf } from './results.ts';
import type { ResultsFile } from './results.ts';
import { ruleIn } from './rule-in.ts';
import { isSigned } from './signature.ts';

/** What was checked up to the first thing that stops the rest from making sense. */
export interface Verification {
  readonly ok: boolean;
  readonly checks: readonly Check[];
  /** Who signed, when the key is one of those given; null: signed by somebody unknown, or not signed. */
  readonly signer: ResultsKey | null;
  /** What was verified; null when it cannot be read. */
  readonly file: ResultsFile | null;
  /** The recount with its explanations; null without ballots. */
  readonly recount: Outcome | null;
  /** The ballot under the tracker that was asked for: rank by candidate. */
  readonly ballot: Readonly<Record<CandidateId, number>> | null;
}

export interface VerifyInput {
  /** ballots.csv, text; null when it is not published: then nothing is recounted. */
  readonly ballotsCsv: string | null;
  /** results.json, text. */
  readonly resultsJson: string;
  /** The key that must have signed, base64url. */
  readonly publicKey?: string | undefined;
  /** Keys from results-keys.yaml, one of which may have signed; who else did is unknown. */
  readonly knownKeys?: readonly ResultsKey[] | undefined;
  /** The key of the folder in which the files lie. */
  readonly folder?: ElectionKey | undefined;
  /** A saved receipt, text. */
  readonly receipt?: string | undefined;
  /** Of format 3: the hashes (hex) of the records in the box, in which a receipt is looked up. */
  readonly boxed?: ReadonlySet<string> | undefined;
  /** A tracker, hex; white space, hyphens and letter case do not matter. */
  readonly tracker?: string | undefined;
}

/**
 * Checks a published result against itself and against a voter's receipt or tracker: the form, the signature, every
 * rule of the manifest, the number of ballots and of what is listed of them, the Merkle root, the pairwise
 * table (counted here, apart from the engine) and the whole outcome (by the engine). Needs nothing but the files;
 * sends nothing anywhere.
 */
export async function verifyResults(input: VerifyInput): Promise<Verification> {
  const read = readResults(input.resultsJson);
  if (!read.ok) {
    const checks = [checked('format', false, read.code, read.facts)];
    return { ok: false, checks, signer: null, file: null, recount: null, ballot: null };
  }
  const file = read.value;
  const signer = knownSigner(input.knownKeys ?? [], file);
  const signature = await checkSignature(file, input.publicKey, signer);
  const checks = [checked('format', true, 'readable'), signature, checkManifest(file, input.folder)];
  let rows: readonly Ranks[] | null = null;
  let recount: Outcome | null = null;
  if (input.ballotsCsv === null) {
    checks.push(checkLists(file, null));
  } else {
    const ballots = readBallots(input.ballotsCsv, file.manifest);
    if (!ballots.ok) {
      checks.push(checked('ballots', false, ballots.code, ballots.facts));
      return { ok: false, checks, signer: signature.ok ? signer : null, file, recount, ballot: null };
    }
    rows = ballots.value;
    recount = countAgain(file, rows);
    checks.push(
      checked('ballots', true, 'ballots-readable'),
      checkLists(file, rows.length),
      checkRoot(file, rows),
      checkPairwise(file, rows),
      checkRecount(file, recount),
    );
  }
  if (input.receipt !== undefined) {
    checks.push(await checkReceipt(file, input.publicKey ?? file.publicKey, input.receipt, input.boxed));
  }
  const asked = input.tracker === undefined ? null : checkTracker(file, rows, input.tracker);
  if (asked !== null) checks.push(asked.check);
  return {
    ok: checks.every((check) => check.ok),
    checks,
    signer: signature.ok ? signer : null,
    file,
    recount,
    ballot: asked?.ballot ?? null,
  };
}

function knownSigner(keys: readonly ResultsKey[], { publicKey, closedAt }: ResultsFile): ResultsKey | null {
  const standing = keyStanding(keys, publicKey, { closesAt: closedAt });
  return standing.kind === 'known' ? standing.entry : null;
}

const oneOf = (
  name: CheckName,
  good: readonly [CheckCode, Facts?],
  problems: readonly (readonly [boolean, CheckCode, Facts?])[],
): Check => {
  const found = problems.find(([isProblem]) => isProblem);
  return found === undefined ? checked(name, true, ...good) : checked(name, false, found[1], found[2]);
};

async function checkSignature(
  file: ResultsFile,
  demanded: string | undefined,
  signer: ResultsKey | null,
): Promise<Check> {
  const { publicKey: key, signature } = file;
  const signed = await isSigned(key, signature, resultsMessage(file));
  const unlisted = demanded === undefined ? 'signed-unknown' : 'signed-demanded';
  return oneOf(
    'signature',
    signer === null ? [unlisted, { key }] : ['signed-known', { key, server: signer.server }],
    [
      [!signed, 'wrong-signature'],
      [demanded !== undefined && demanded !== key, 'other-key', { key }],
    ],
  );
}

function checkManifest(file: ResultsFile, folder: ElectionKey | undefined): Check {
  const { election, manifest, manifestHash } = file;
  const problem = manifestProblem(manifest);
  const struck = file.format === 'elekto-results/1' ? [] : file.struck;
  const stranger = struck.find(
    ({ id }, at) => !manifest.candidates.includes(id) || struck.findIndex((each) => each.id === id) !== at,
  );
  return oneOf(
    'manifest',
    ['manifest-kept'],
    [
      [problem !== null, problem ?? 'manifest-kept'],
      [hashManifest(manifest) !== manifestHash, 'manifest-hash'],
      [!isOfItsManifest(file), 'other-election', { election, key: manifest.key }],
      [folder !== undefined && folder !== election, 'other-folder', { election, folder: folder ?? '' }],
      [file.format === 'elekto-results/1' && file.commit !== manifest.sourceCommit, 'other-commit'],
      [stranger !== undefined, 'struck-stranger', { id: stranger?.id ?? '' }],
    ],
  );
}

/** A file of format 1 does not say that its folder was renamed after the opening, so its election may be another's. */
function isOfItsManifest(file: ResultsFile): boolean {
  if (file.format === 'elekto-results/1') return true;
  const { election, openedAs, manifest } = file;
  return openedAs === null ? election === manifest.key : openedAs === manifest.key && openedAs !== election;
}

/** Numbers and lists: `rows` is the number of published ballots, null when none are. */
function checkLists(file: ResultsFile, rows: number | null): Check {
  const { cast, eligible, manifest } = file;
  const invalid = file.format === 'elekto-results/3' ? file.invalid : 0;
  const counted = cast - invalid;
  const without = manifest.receipts === 'none';
  const lists: readonly (readonly ['trackers' | 'records', readonly string[]])[] =
    file.format === 'elekto-results/3'
      ? []
      : [
          ['trackers', file.trackers],
          ['records', file.records],
        ];
  const listed = lists.find(([, list]) => list.length > 0);
  const short = lists.find(([, list]) => list.length !== cast);
  const mixed = lists.find(([, list]) => list.some((each, i) => i > 0 && (list[i - 1] ?? '') >= each));
  const of = (found: (typeof lists)[number] | undefined) => found?.[0] ?? 'trackers';
  return oneOf('count', rows === null ? ['number-listed', { n: counted }] : ['all-there', { n: counted }], [
    [rows !== null && rows !== counted, 'other-number', { n: counted, found: rows ?? 0 }],
    [counted < 0, 'more-invalid-than-cast', { n: cast, invalid }],
    [without && listed !== undefined, `${of(listed)}-unexpected`],
    [!without && short !== undefined, `${of(short)}-length`, { n: cast, found: short?.[1].length ?? 0 }],
    [mixed !== undefined, `${of(mixed)}-order`],
    // Format 1 took the roll at the count, from which people may have been taken who had voted.
    [file.format !== 'elekto-results/1' && cast > eligible, 'more-than-eligible', { n: cast, eligible }],
  ]);
}

function checkRoot(file: ResultsFile, rows: readonly Ranks[]): Check {
  const leaves = rows.map((ranks, index) => ballotLeaf(trackersOf(file)[index] ?? '', ranks));
  const same = toHex(merkleRoot(leaves)) === file.root;
  return checked('root', same, same ? 'same-ballots' : 'other-ballots');
}

/** Who stands, by column. */
function standingIn({ manifest, ...file }: ResultsFile): (readonly [CandidateId, number])[] {
  const struck = 'struck' in file ? new Set(file.struck.map(({ id }) => id)) : new Set();
  return manifest.candidates.flatMap((id, column) => (struck.has(id) ? [] : [[id, column] as const]));
}

/** Counts every pair by itself: the one number that decides everything is not taken on the engine's word. */
function checkPairwise(file: ResultsFile, rows: readonly Ranks[]): Check {
  const last = file.manifest.counting.unranked === 'last';
  const standing = standingIn(file);
  const wrong = standing.some(([a, i]) =>
    standing.some(([b, j]) => {
      if (i === j) return false;
      const prefers = rows.filter((ranks) => {
        const [x, y] = [ranks[i] ?? 0, ranks[j] ?? 0];
        if (x === 0) return false;
        return y === 0 ? last : x < y;
      }).length;
      return prefers !== file.outcome.pairwise[a]?.[b];
    }),
  );
  return checked('pairwise', !wrong, wrong ? 'other-pairs' : 'same-pairs');
}

function countAgain(file: ResultsFile, rows: readonly Ranks[]): Outcome | null {
  try {
    return countByRule(
      ruleIn(file),
      rows.map((ranks) => ({ ranks })),
      file.tieDecisions,
    );
  } catch (error) {
    if (!(error instanceof CountError)) throw error;
    return null;
  }
}

function checkRecount(file: ResultsFile, recount: Outcome | null): Check {
  if (recount === null || !givesAgain(recount, file)) return checked('recount', false, 'other-outcome');
  const { elected, decisions } = recount.seats;
  // Until decisions were tried before they were recorded, one that settles nothing could be.
  const unused =
    file.format === 'elekto-results/1'
      ? undefined
      : file.tieDecisions.find(({ winners }) => !decisions.some((used) => sameIds(used.winners, winners)));
  return oneOf('recount', elected.length === 0 ? ['same-outcome-nobody'] : ['same-outcome', { elected }], [
    [
      unused !== undefined ||
        (file.format !== 'elekto-results/1' && decisions.length !== file.tieDecisions.length),
      'decision-unused',
      { winners: unused?.winners ?? [] },
    ],
  ]);
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));
