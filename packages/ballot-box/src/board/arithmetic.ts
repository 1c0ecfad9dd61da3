/** What is computed of a board, from files alone: for a thread of its own, which nobody who votes waits for. */
import { createHash } from 'node:crypto';
import {
  addDecryption,
  addMix,
  checkTie,
  checkVoid,
  combine,
  finishedKey,
  mayAct,
  openBoard,
  readManifest,
  readTranscript,
} from '@elekto/custody';
import type { Board, BoardKey, BoardManifest, Knowledge, Refusal } from '@elekto/custody';

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Refusal };

/** The run that a board is of. */
export interface BoardRun {
  /** The manifest's canonical JSON. */
  readonly manifest: string;
  /** The custody file whose ceremony gave the key. */
  readonly transcript: string;
}

/** The files of a board that were checked before, in their order. */
export interface BoardChain {
  /** The most ballots that there can be. */
  readonly electors: number;
  readonly box: Uint8Array;
  readonly mixes: readonly Uint8Array[];
  readonly decryptions: readonly Uint8Array[];
}

export type BoardJob =
  /** Whether a file may be kept; mixes and decryptions also by what is known of the box on the branch. */
  | {
      readonly do: 'mix' | 'decrypt';
      readonly run: BoardRun;
      readonly chain: BoardChain;
      readonly file: Uint8Array;
      readonly known: Pick<Knowledge, 'endsAt' | 'inspectedAt' | 'now' | 'boxesOnBranch'>;
    }
  /** What officers say in their decision of this number, from 1. */
  | {
      readonly do: 'tie';
      readonly run: BoardRun;
      readonly chain: BoardChain;
      readonly number: number;
      readonly files: readonly Uint8Array[];
    }
  | {
      readonly do: 'void';
      readonly run: BoardRun;
      readonly files: readonly Uint8Array[];
      readonly decrypted: boolean;
    }
  | { readonly do: 'combine'; readonly run: BoardRun; readonly chain: BoardChain };

/** What a job gives; null where there is nothing to say but that the file is in order. */
export interface BoardAnswer {
  /** What a quorum signed, for ties and voids; null while too few have. */
  readonly decision?: unknown;
  readonly rows?: readonly (readonly number[])[];
  readonly invalid?: number;
  /** Hashes of all records in the box, hex, ascending. */
  readonly records?: readonly string[];
}

interface Ground {
  readonly manifest: BoardManifest;
  readonly key: BoardKey;
}

/** Boards that are remembered: one is taken up where the last file left it. */
const MOST_REMEMBERED = 4;

/** Takes jobs one after another. What was checked once is not checked again while it is remembered. */
export function createArithmetic(): (job: BoardJob) => Checked<BoardAnswer> {
  const grounds = new Map<string, Checked<Ground>>();
  const boards = new Map<string, Board>();

  function ground({ manifest, transcript }: BoardRun): Checked<Ground> {
    const name = `${manifest}\n${transcript}`;
    const known = grounds.get(name);
    if (known !== undefined) return known;
    const made = readGround(manifest, transcript);
    if (grounds.size >= MOST_REMEMBERED) grounds.clear();
    grounds.set(name, made);
    return made;
  }

  function rebuilt({ manifest, key }: Ground, chain: BoardChain): Checked<Board> {
    const { electors, box, mixes, decryptions } = chain;
    let name = `${manifest.rules.manifestHash} ${electors} ${digest(box)}`;
    let board = recall(name) ?? openBoard(manifest, key, electors, box);
    if (board.ok) remember(name, board.value);
    for (const [add, files] of [
      [addMix, mixes],
      [addDecryption, decryptions],
    ] as const) {
      for (const file of files) {
        if (!board.ok) return board;
        const before = name;
        name = `${name} ${digest(file)}`;
        board = recall(name) ?? add(board.value, file);
        if (board.ok) {
          boards.delete(before);
          remember(name, board.value);
        }
      }
    }
    return board;
  }

  function recall(name: string): Checked<Board> | null {
    const value = boards.get(name);
    return value === undefined ? null : { ok: true, value };
  }

  function remember(name: string, board: Board): void {
    boards.delete(name);
    boards.set(name, board);
    for (const oldest of boards.keys()) {
      if (boards.size <= MOST_REMEMBERED) break;
      boards.delete(oldest);
    }
  }

  return (job) => {
    const found = ground(job.run);
    if (!found.ok) return found;
    if (job.do === 'void')
      return decided(checkVoid(found.value.manifest, found.value.key, job.files, job.decrypted));
    const board = rebuilt(found.value, job.chain);
    if (!board.ok) return board;
    if (job.do === 'tie') return decided(checkTie(board.value, job.number, job.files));
    if (job.do === 'combine') {
      const opened = combine(board.value);
      if (!opened.ok) return opened;
      const { rows, invalid } = opened.value;
      const records = [...board.value.box.recordHashes].toSorted();
      return { ok: true, value: { rows: rows.map(({ ranks }) => ranks), invalid, records } };
    }
    const may = mayAct(board.value, {
      ...job.known,
      officer: 0,
      headDescends: true,
      rememberedBox: null,
      otherRun: null,
      signedVoid: false,
      receipts: [],
    });
    if (!may.ok) return may;
    const added = job.do === 'mix' ? addMix(board.value, job.file) : addDecryption(board.value, job.file);
    return added.ok ? { ok: true, value: {} } : added;
  };
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function readGround(text: string, transcript: string): Checked<Ground> {
  const manifest = readManifest(text);
  if (!manifest.ok) return manifest;
  const read = readTranscript(transcript);
  if (!read.ok) return read;
  const key = finishedKey(read.value.header, read.value.posts);
  if (!key.ok) return key;
  return { ok: true, value: { manifest: manifest.value, key: key.value } };
}

/** That too few have signed yet is no reason to keep none of them. */
const decided = (said: Checked<unknown>): Checked<BoardAnswer> => {
  if (said.ok) return { ok: true, value: { decision: said.value } };
  return said.error.code === 'decision-too-few' ? { ok: true, value: { decision: null } } : said;
};
