import { join } from '@elekto/wire';
import { officerAt } from '../ceremony/header.ts';
import { encodePoint } from '../group/point.ts';
import { splitMix } from '../mix/body.ts';
import { accept, type Result } from '../refusal.ts';
import { acceptDecryption, acceptMix, type Chain, decryptPlace, mixPlace } from './chain.ts';
import { type BoardFiles, end, type Line, lineOf, type RunTask, type Verified } from './lines.ts';
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
  const { threshold, identifiers } = chain.key.header;
  const combined =
    refused === null
      ? run({
          kind: 'combine',
          manifest: files.manifest,
          threshold,
          identifiers,
          list,
          decryptions: bodies,
        })
      : null;
  for (const line of [box, ...decrypted.lines]) {
    const told = await line();
    yield told;
    if (!told.ok) return null;
  }
  if (refused !== null || combined === null) return yield* end(refused as Result<never>);
  const opened = await combined();
  if (!opened.ok) return yield* end(opened);
  if (opened.value === null) throw new Error('a combination opens something');
  yield { ok: true, step: { code: 'combined', opened: opened.value } };
  return { board: chain, opened: opened.value };
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
