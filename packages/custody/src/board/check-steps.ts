import { join } from '@elekto/wire';
import { officerAt } from '../ceremony/header.ts';
import { encodePoint } from '../group/point.ts';
import { splitMix } from '../mix/body.ts';
import { accept, type Result } from '../refusal.ts';
import { acceptDecryption, acceptMix, type Chain, decryptPlace, mixPlace } from './chain.ts';
import { type BoardFiles, end, type Line, lineOf, type RunTask, type Verified } from './lines.ts';
import { partsIn } from '../decrypt/decrypt.ts';
import { inOrder, type Opened } from './combine.ts';
import type { TaskResult } from './tasks.ts';

/** So many ballots are checked in one task, so that several threads share a box. */
const CHUNK = 1000;

/** Steps whose tasks were all started, with what ends them where a file does not stand where it may. */
interface Started {
  readonly lines: readonly (() => Promise<Line>)[];
  readonly refused: Result<never> | null;
  readonly chain: Chain;
  /** Of the last file of the chain. */
  readonly list: Uint8Array;
}

/** Checks the proofs of a board, from its box on. All tasks are started before the first line is told. */
export async function* checkSteps(
  start: Chain,
  records: readonly Uint8Array[],
  files: BoardFiles,
  run: RunTask,
): AsyncGenerator<Line, Verified | null> {
  const box = checkRecords(start, records, files, run);
  const mixes = startMixes(start, records, files.mixes, run);
  const bodies: [number, Uint8Array][] = [];
  const decrypted = mixes.refused === null ? startDecryptions(mixes, files.decryptions, bodies, run) : mixes;
  const { refused, chain, list } = decrypted;
  const opening = refused === null ? startCombining(chain, list, bodies, files.manifest, run) : null;
  for (const line of [box, ...decrypted.lines]) {
    const told = await line();
    yield told;
    if (!told.ok) return null;
  }
  if (refused !== null || opening === null) return yield* end(refused as Result<never>);
  const pieces: Opened[] = [];
  for (const piece of opening) {
    const opened = await piece();
    if (!opened.ok) return yield* end(opened);
    if (opened.value !== null) pieces.push(opened.value);
  }
  const opened = inOrder(pieces);
  yield { ok: true, step: { code: 'combined', opened } };
  return { board: chain, opened };
}

function checkRecords(
  board: Chain,
  records: readonly Uint8Array[],
  { manifest }: BoardFiles,
  run: RunTask,
): () => Promise<Line> {
  const chunks = Array.from({ length: Math.ceil(records.length / CHUNK) }, (_, i) =>
    run({ kind: 'ballots', manifest, records: join(records.slice(i * CHUNK, (i + 1) * CHUNK)) }),
  );
  const proven = { code: 'box-proven', board, ballots: records.length } as const;
  return async () => {
    const results: TaskResult[] = [];
    for (const chunk of chunks) results.push(await chunk());
    return lineOf(firstRefused(results) ?? accept(null), proven);
  };
}

/** What can be seen without arithmetic is told first, wherever it is. */
function firstRefused(results: readonly TaskResult[]): TaskResult | undefined {
  const refused = results.filter((result) => !result.ok);
  return refused.find(({ error }) => error.code !== 'ballot-proof') ?? refused[0];
}

function startMixes(
  start: Chain,
  records: readonly Uint8Array[],
  files: readonly Uint8Array[],
  run: RunTask,
): Started {
  const w = start.manifest.points;
  const lines: (() => Promise<Line>)[] = [];
  let chain = start;
  let list: Uint8Array = join(records.map((record) => record.subarray(49, 49 + 64 * w)));
  for (const bytes of files) {
    const next = acceptMix(chain, bytes);
    if (!next.ok) return { lines, refused: next, chain, list };
    const { file, where } = next.value;
    const place = mixPlace(chain, file.officer);
    const sent = { ...place, electionKey: encodePoint(place.electionKey) };
    const officer = officerAt(chain.key.header, file.officer).login;
    const task = run({ kind: 'mix', place: sent, list, body: file.body, where });
    const mixed = { code: 'mixed', position: place.position, officer } as const;
    lines.push(async () => lineOf(await task(), mixed));
    const parts = splitMix(file.body, records.length, w);
    // A list of another length: its own task says so, before anything that follows it.
    if (parts !== null) list = join(parts.rows);
    const head = { hash: file.hash, rows: records };
    chain = { ...chain, mixers: [...chain.mixers, file.officer], head };
  }
  return { lines, refused: null, chain, list };
}

function startDecryptions(
  mixes: Started,
  files: readonly Uint8Array[],
  bodies: [number, Uint8Array][],
  run: RunTask,
): Started {
  const { list } = mixes;
  const lines = [...mixes.lines];
  let { chain } = mixes;
  for (const bytes of files) {
    const next = acceptDecryption(chain, bytes);
    if (!next.ok) return { lines, refused: next, chain, list };
    const { file, where } = next.value;
    const place = decryptPlace(chain, file.officer);
    const sent = { ...place, verificationKey: encodePoint(place.verificationKey) };
    const officer = officerAt(chain.key.header, file.officer).login;
    const task = run({ kind: 'decrypt', place: sent, list, body: file.body, where });
    lines.push(async () => lineOf(await task(), { code: 'decrypted', officer }));
    bodies.push([file.officer, file.body]);
    chain = { ...chain, decryptions: new Set(bodies.map(([position]) => position)) };
  }
  return { lines, refused: null, chain, list };
}

/** The combination in pieces; of a decryption that cannot be read its own task says so before. */
function startCombining(
  { manifest: { points: w }, key, head }: Chain,
  list: Uint8Array,
  bodies: readonly (readonly [number, Uint8Array])[],
  manifest: string,
  run: RunTask,
): (() => Promise<TaskResult>)[] {
  const { threshold, identifiers } = key.header;
  const parts = bodies.map(
    ([officer, body]) => [officer, partsIn(body, head.rows.length, w) ?? new Uint8Array()] as const,
  );
  return Array.from({ length: Math.max(1, Math.ceil(head.rows.length / CHUNK)) }, (_, i) => {
    const cut = (bytes: Uint8Array, row: number): Uint8Array =>
      bytes.slice(i * CHUNK * row, (i + 1) * CHUNK * row);
    return run({
      kind: 'combine',
      manifest,
      threshold,
      identifiers,
      list: cut(list, 64 * w),
      decryptions: parts.map(([officer, bytes]) => [officer, cut(bytes, 32 * w)] as const),
    });
  });
}
