/** Officers who keep a key between them, made up, and the count that they hold. */
import type { BallotBox } from '@elekto/ballot-box';
import { finishedKey, proveHolding, shareOf, writeTranscript } from '@elekto/custody/ceremony';
import type { BoardKey, KeyShare } from '@elekto/custody/ceremony';
import { headerOf, keyOf, must, runCeremony } from '@elekto/custody/testing';
import { readBoard } from '@elekto/election';
import type { Custody } from '@elekto/election';
import { toBase64Url } from '@elekto/wire';

const OFFICERS = 3;
const THRESHOLD = 2;

export interface MadeOfficers {
  readonly custody: Custody;
  readonly key: BoardKey;
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
