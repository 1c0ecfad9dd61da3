/** Officers who keep a key between them, made up, and the count that they hold. */
import type { BallotBox } from '@elekto/ballot-box';
import {
  addMix,
  finishedKey,
  openBoard,
  proveHolding,
  readManifest,
  shareOf,
  verifyBoard,
  writeDecryption,
  writeMix,
  writeTranscript,
} from '@elekto/custody';
import type { BoardKey, KeyShare, OfficerKey } from '@elekto/custody';
import { headerOf, keyOf, must, runCeremony } from '@elekto/custody/testing';
import { readBoard } from '@elekto/election';
import type { Custody } from '@elekto/election';
import type { OfficersManifest } from '@elekto/protocol/manifest';
import { canonicalJson, toBase64Url } from '@elekto/wire';

const OFFICERS = 3;
const THRESHOLD = 2;

export interface MadeOfficers {
  readonly custody: Custody;
  readonly key: BoardKey;
  readonly keys: readonly OfficerKey[];
  readonly shares: readonly KeyShare[];
  /** The custody file's text. */
  readonly transcript: string;
}

let made: Promise<MadeOfficers> | undefined;

async function make(): Promise<MadeOfficers> {
  const keys = Array.from({ length: OFFICERS }, (_, i) => keyOf(i + 1));
  const header = headerOf(OFFICERS, THRESHOLD);
  const posts = await runCeremony(header, keys);
  const transcript = writeTranscript({ header, posts });
  const { board } = readBoard('keys/2026.json', { path: 'elections/keys/2026.json', text: transcript });
  const shares = await Promise.all(keys.map((key) => shareOf(header, posts, key)));
  return {
    custody: { file: 'keys/2026.json', board },
    keys,
    key: must(finishedKey(header, posts)),
    shares: shares.filter((share) => share !== null),
    transcript,
  };
}

/** Three officers, any two of whom open the count; the same ones each time. */
export const madeOfficers = (): Promise<MadeOfficers> => (made ??= make());

/** As many as it takes show that they hold their shares. */
export async function sayAllReady(box: Pick<BallotBox, 'sayReady'>, election: string): Promise<void> {
  const { custody, key, shares } = await madeOfficers();
  if (custody.board === null) throw new Error('a board');
  for (const share of shares.slice(0, THRESHOLD)) {
    const proof = toBase64Url(proveHolding(key, share, { kind: 'ready', election }));
    await box.sayReady(custody.board, election, { officer: share.position, proof });
  }
}

export const officersCustody = async (): Promise<Custody> => (await madeOfficers()).custody;

export interface HeldCount {
  /** Ranks in the manifest's order, 0 for not ranked, without gaps. */
  readonly rows: readonly (readonly number[])[];
  readonly invalid: number;
  /** Hashes of all records in the box. */
  readonly records: ReadonlySet<string>;
  /** The records, in the order of the file. */
  readonly ballots: readonly Uint8Array[];
}

/** The officers count a box: two mix, two decrypt, and what comes out is what anybody verifies from the files alone. */
export async function holdCount(
  box: Uint8Array,
  pinned: OfficersManifest,
  electors: number,
): Promise<HeldCount> {
  const { key, keys, shares, transcript } = await madeOfficers();
  const manifest = must(readManifest(canonicalJson(pinned)));
  let board = must(openBoard(manifest, key, electors, box));
  const mixes: Uint8Array[] = [];
  const decryptions: Uint8Array[] = [];
  const quorum = [1, 3];
  for (const position of board.box.ballots.length === 0 ? [] : quorum) {
    const file = must(writeMix(board, position, (keys[position - 1] as OfficerKey).signSecret));
    mixes.push(file);
    board = must(addMix(board, file));
  }
  for (const position of board.box.ballots.length === 0 ? [] : quorum) {
    const { signSecret } = keys[position - 1] as OfficerKey;
    decryptions.push(must(writeDecryption(board, shares[position - 1] as KeyShare, signSecret)));
  }
  const files = { transcript, manifest: manifest.text, electors, box, mixes, decryptions };
  const steps = verifyBoard(files);
  for (;;) {
    const step = await steps.next();
    if (step.done !== true) {
      if (!step.value.ok) throw new Error(step.value.error.message);
      continue;
    }
    if (step.value === null) throw new Error('the count does not verify');
    const { opened, board: checked } = step.value;
    return {
      rows: opened.rows.map(({ ranks }) => ranks),
      invalid: opened.invalid,
      records: checked.box.recordHashes,
      ballots: board.box.ballots.map(({ bytes }) => bytes),
    };
  }
}
