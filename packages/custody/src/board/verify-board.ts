import { finishedKey } from '../ceremony/judge.ts';
import { type Header, officerAt } from '../ceremony/header.ts';
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

/** A step that holds, with what its sentence speaks of. */
export type BoardStep =
  | { readonly code: 'ceremony-made'; readonly header: Header }
  | { readonly code: 'box-proven'; readonly board: Board }
  | { readonly code: 'mixed'; readonly position: number; readonly officer: string }
  | { readonly code: 'decrypted'; readonly officer: string }
  | { readonly code: 'combined'; readonly opened: Opened };

/** One step of a verification: what holds, or the refusal that ends it. */
export type Line =
  { readonly ok: true; readonly step: BoardStep } | { readonly ok: false; readonly error: Refusal };

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
  const say = (step: BoardStep): Line => ({ ok: true, step });
  const no = <T>(result: Result<T>): Line => ({ ok: false, error: (result as { error: Refusal }).error });

  const transcript = readTranscript(files.transcript);
  if (!transcript.ok) return yield* end(no(transcript));
  const key = finishedKey(transcript.value.header, transcript.value.posts);
  if (!key.ok) return yield* end(no(key));
  const { header } = key.value;
  yield say({ code: 'ceremony-made', header });

  const manifest = readManifest(files.manifest);
  if (!manifest.ok) return yield* end(no(manifest));
  let board = openBoard(manifest.value, key.value, files.electors, files.box);
  if (!board.ok) return yield* end(no(board));
  yield say({ code: 'box-proven', board: board.value });

  for (const file of files.mixes) {
    board = addMix(board.value, file);
    if (!board.ok) return yield* end(no(board));
    const { mixers } = board.value;
    const officer = officerAt(header, mixers.at(-1) ?? 0).login;
    yield say({ code: 'mixed', position: mixers.length, officer });
  }
  for (const file of files.decryptions) {
    const before: Board = board.value;
    board = addDecryption(before, file);
    if (!board.ok) return yield* end(no(board));
    const officer = [...board.value.decryptions.keys()].find((one) => !before.decryptions.has(one)) ?? 0;
    yield say({ code: 'decrypted', officer: officerAt(header, officer).login });
  }
  const opened = combine(board.value);
  if (!opened.ok) return yield* end(no(opened));
  yield say({ code: 'combined', opened: opened.value });
  return { board: board.value, opened: opened.value };
}

async function* end(line: Line): AsyncGenerator<Line, null> {
  yield line;
  return null;
}
