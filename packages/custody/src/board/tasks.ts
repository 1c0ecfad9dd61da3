import { checkBallots } from '../ballot/check-many.ts';
import { recordBytes } from '../ballot/rules.ts';
import { checkDecryption, type Decryption, type DecryptPlace, readParts } from '../decrypt/decrypt.ts';
import { decodePoint, type Point } from '../group/point.ts';
import { pieces } from '../list.ts';
import { checkMix } from '../mix/check-mix.ts';
import { readCiphertexts } from '../mix/ciphertext.ts';
import type { MixPlace } from '../mix/place.ts';
import { accept, refuse, type Result, type Where } from '../refusal.ts';
import { combineLists, type Opened } from './combine.ts';
import { readManifest } from './manifest.ts';

/** What may be handed to another thread: bytes and numbers, no points. */
type Sent<T> = { readonly [K in keyof T]: T[K] extends Point ? Uint8Array : T[K] };

interface OfList {
  /** The list that the step starts from, rows of 64 w bytes. */
  readonly list: Uint8Array;
  readonly body: Uint8Array;
  readonly where: Where;
}

/** One of the dear steps of a verification, by itself: it needs nothing of the others, so that they can run side by side. */
export type Task =
  | { readonly kind: 'ballots'; readonly manifest: string; readonly records: Uint8Array }
  | ({ readonly kind: 'mix'; readonly place: Sent<MixPlace> } & OfList)
  | ({ readonly kind: 'decrypt'; readonly place: Sent<DecryptPlace> } & OfList)
  | {
      readonly kind: 'combine';
      readonly manifest: string;
      readonly threshold: number;
      readonly identifiers: readonly bigint[];
      readonly list: Uint8Array;
      /** Parts of decryptions, rows of 32 w bytes, by the officer's position. */
      readonly decryptions: readonly (readonly [number, Uint8Array])[];
    };

/** Of a combination what was opened; of the others null: they hold, or are refused. */
export type TaskResult = Result<Opened | null>;

/** About how long a task takes, in parts of what the check of one ballot in a mix takes. */
export function weightOf(task: Task): number {
  switch (task.kind) {
    case 'ballots':
      return task.records.length / 200;
    case 'mix':
      return task.list.length / 64;
    case 'decrypt':
    case 'combine':
      return task.list.length / 256;
  }
}

const point = (bytes: Uint8Array): Point => {
  const decoded = decodePoint(bytes);
  if (decoded === null) throw new RangeError('a task has encoded points in its place');
  return decoded;
};

const without = (result: Result<unknown>): TaskResult => (result.ok ? accept(null) : result);

/** A list or a part that cannot be read is refused by the step that made it, which is told before. */
const unread = (where: Where): Result<never> =>
  refuse('mix-group', where, 'the list before it cannot be read.');

/**
 * Does one step. The list that it starts from is taken as it is: who made it answers for it in a task of its own.
 *
 * @param tick told how much of it is done, from 0 to 1.
 */
export function runTask(task: Task, tick?: (done: number) => void): TaskResult {
  if (task.kind === 'mix' || task.kind === 'decrypt') return checkOnList(task, tick);
  const manifest = readManifest(task.manifest);
  if (!manifest.ok) return manifest;
  const { rules, points } = manifest.value;
  if (task.kind === 'ballots') return without(checkBallots(rules, pieces(task.records, recordBytes(points))));
  const where = { step: 'combination', party: 'the officers' };
  const rows = readCiphertexts(task.list, points);
  if (rows === null) return unread(where);
  const decryptions = new Map<number, Decryption>();
  for (const [position, bytes] of task.decryptions) {
    const parts = readParts(bytes, points);
    if (parts === null) return unread(where);
    decryptions.set(position, parts);
  }
  return combineLists(rules, task, rows, decryptions);
}

/** How much of a check is done when the list before it is read. */
const READ = { mix: 0.15, decrypt: 0.45 } as const;

function checkOnList(
  task: Extract<Task, { readonly kind: 'mix' | 'decrypt' }>,
  tick?: (done: number) => void,
): TaskResult {
  const read = READ[task.kind];
  const rows = readCiphertexts(task.list, task.place.points, (done) => tick?.(read * done));
  if (rows === null) return unread(task.where);
  const then = (done: number): void => tick?.(read + (1 - read) * done);
  if (task.kind === 'mix') {
    const place = { ...task.place, electionKey: point(task.place.electionKey) };
    return without(checkMix(place, rows, task.body, task.where, then));
  }
  const place = { ...task.place, verificationKey: point(task.place.verificationKey) };
  return without(checkDecryption(place, rows, task.body, task.where, then));
}
