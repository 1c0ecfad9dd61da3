import { toHex } from '@elekto/wire';
import { finishedKey } from '../ceremony/judge.ts';
import { officerAt } from '../ceremony/header.ts';
import { readTranscript } from '../ceremony/transcript.ts';
import type { Refusal, Result } from '../refusal.ts';
import { addDecryption, addMix, type Board, openBoard } from './board.ts';
import { combine, type Opened } from './combine.ts';
import { readManifest } from './manifest.ts';

/** Everything that a whole count is checked from. */
export interface BoardFiles {
  /** The custody file, as it stands in the repository. */
  readonly transcript: string;
  /** The manifest's canonical JSON, as it follows from the repository. */
  readonly manifest: string;
  readonly electors: number;
  readonly box: Uint8Array;
  readonly mixes: readonly Uint8Array[];
  readonly decryptions: readonly Uint8Array[];
}

/** One step of a verification: a sentence that is true, or the refusal that ends it. */
export type Line =
  | { readonly ok: true; readonly step: string; readonly message: string }
  | { readonly ok: false; readonly error: Refusal };

/** A count that verified, or null after the first line that did not. */
export interface Verified {
  readonly board: Board;
  readonly opened: Opened;
}

/**
 * Verifies a count from its files alone, step by step, so that whoever shows it can show how far it is. The first false
 * line is the last one.
 */
export async function* verifyBoard(files: BoardFiles): AsyncGenerator<Line, Verified | null> {
  const say = (step: string, message: string): Line => ({ ok: true, step, message });
  const no = <T>(result: Result<T>): Line => ({ ok: false, error: (result as { error: Refusal }).error });

  const transcript = readTranscript(files.transcript);
  if (!transcript.ok) return yield* end(no(transcript));
  const key = finishedKey(transcript.value.header, transcript.value.posts);
  if (!key.ok) return yield* end(no(key));
  const { header } = key.value;
  const { officers, threshold } = header;
  yield say(
    'ceremony',
    `The key was made by ${officers.length} officers; any ${threshold} of them together can open it.`,
  );

  const manifest = readManifest(files.manifest);
  if (!manifest.ok) return yield* end(no(manifest));
  let board = openBoard(manifest.value, key.value, files.electors, files.box);
  if (!board.ok) return yield* end(no(board));
  yield say(
    'box',
    `All ${board.value.box.ballots.length} ballots in the box ${toHex(board.value.box.hash)} are proven, none is there twice.`,
  );

  for (const file of files.mixes) {
    board = addMix(board.value, file);
    if (!board.ok) return yield* end(no(board));
    const mixer = officerAt(header, board.value.mixers.at(-1) ?? 0).login;
    yield say(`mix ${board.value.mixers.length}`, `${mixer} mixed the ballots and changed none.`);
  }
  for (const file of files.decryptions) {
    const before: Board = board.value;
    board = addDecryption(before, file);
    if (!board.ok) return yield* end(no(board));
    const officer = [...board.value.decryptions.keys()].find((one) => !before.decryptions.has(one)) ?? 0;
    yield say('decryption', `${officerAt(header, officer).login} decrypted with their own share.`);
  }
  const opened = combine(board.value);
  if (!opened.ok) return yield* end(no(opened));
  const { rows, invalid } = opened.value;
  yield say(
    'combination',
    `${rows.length} ballots were opened, ${invalid} hold no ranking of this election.`,
  );
  return { board: board.value, opened: opened.value };
}

async function* end(line: Line): AsyncGenerator<Line, null> {
  yield line;
  return null;
}
