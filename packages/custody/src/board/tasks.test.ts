/** The dear steps of a verification, each by itself and in pieces, as other threads do them. */
import { join } from '@elekto/wire';
import { describe, expect, it } from 'vitest';
import { recordBytes } from '../ballot/rules.ts';
import type { OfficerKey } from '../ceremony/officer-key.ts';
import { writeTranscript } from '../ceremony/transcript.ts';
import { encodePoint } from '../group/point.ts';
import { accept, refuse, type Result } from '../refusal.ts';
import { codeOf, must } from '../testing.ts';
import { openBoard } from './board.ts';
import { boxManifest, writeBox } from './box.ts';
import { decryptPlace, mixPlace } from './chain.ts';
import type { Opened } from './combine.ts';
import { readFile, writeFile } from './file.ts';
import type { BoardFiles, Line, RunTask } from './lines.ts';
import { readManifest } from './manifest.ts';
import { runTask, type Task, weightOf } from './tasks.ts';
import { boardOf, cast, decryptAll, makeManifest, makeOfficers, mixAll, SERVER } from './testing.ts';
import { verifyBoard } from './verify-board.ts';

const officers = await makeOfficers(3, 2);
const key = officers.board;
const manifest = makeManifest(key);
const records = [
  [1, 2, 3],
  [3, 1, 2],
].map((ranks) => cast(manifest, ranks).record);
const { board: fresh, file: box } = boardOf(manifest, key, records);
const mixed = mixAll(fresh, officers, [1, 2]);
const decrypted = decryptAll(mixed.board, officers, [1, 3]);
const where = { step: 'a step', party: 'ada' };
const listOf = (board: typeof fresh): Uint8Array => join(board.head.rows.map(({ bytes }) => bytes));
const bodyOf = (bytes: Uint8Array | undefined): Uint8Array =>
  readFile(bytes ?? box)?.body ?? new Uint8Array();

type Of<Kind> = Extract<Task, { readonly kind: Kind }>;
const place = mixPlace(fresh, 1);
const mix: Of<'mix'> = {
  kind: 'mix',
  place: { ...place, electionKey: encodePoint(key.electionKey) },
  list: listOf(fresh),
  body: bodyOf(mixed.files[0]),
  where,
};
const last = decryptPlace(mixed.board, 1);
const decrypt: Of<'decrypt'> = {
  kind: 'decrypt',
  place: { ...last, verificationKey: encodePoint(last.verificationKey) },
  list: listOf(mixed.board),
  body: bodyOf(decrypted.files[0]),
  where,
};
const ballots: Of<'ballots'> = { kind: 'ballots', manifest: manifest.text, records: join(records) };
const parts = [...decrypted.board.decryptions].map(
  ([officer, rows]) => [officer, join(rows.flat().map(encodePoint))] as const,
);
const { threshold, identifiers } = key.header;
const combination: Of<'combine'> = {
  kind: 'combine',
  manifest: manifest.text,
  threshold,
  identifiers,
  decryptions: parts,
  list: listOf(mixed.board),
};

describe('a task', () => {
  it('holds by itself, of bytes and numbers alone, as another thread gets them', () => {
    for (const task of [ballots, mix, decrypt])
      expect(runTask(structuredClone(task)), task.kind).toEqual(accept(null));
    const opened = must(runTask(structuredClone(combination)));
    expect(opened?.rows.map(({ ranks }) => ranks.join())).toEqual(['1,2,3', '3,1,2']);
  });

  it('tells how far it is, from the reading of the list on', () => {
    for (const [task, read] of [
      [mix, 0.15],
      [decrypt, 0.45],
    ] as const) {
      const told: number[] = [];
      runTask(task, (done) => told.push(done));
      expect(told, task.kind).toEqual(told.toSorted((a, b) => a - b));
      expect([told[0], (told[1] ?? 0) >= read, (told.at(-1) ?? 2) <= 1], task.kind).toEqual([0, true, true]);
    }
  });

  it('of a list, of parts or of records that cannot be read is refused', () => {
    const bad = new Uint8Array(64).fill(255);
    for (const task of [
      { ...mix, list: bad },
      { ...decrypt, list: bad },
      { ...combination, list: bad },
      { ...combination, decryptions: [[1, bad]] as const },
    ])
      expect(runTask(task), task.kind).toMatchObject({
        error: { code: 'mix-group', message: expect.stringContaining('the list before it cannot be read') },
      });
    expect(codeOf(runTask({ ...ballots, manifest: '{}' }))).toBe('manifest-format');
    expect(codeOf(runTask({ ...combination, manifest: '{}' }))).toBe('manifest-format');
    expect(codeOf(runTask({ ...ballots, records: new Uint8Array(recordBytes(1)) }))).toBe('ballot-format');
    expect(codeOf(runTask({ ...mix, body: bad }))).toBe('mix-length');
    expect(codeOf(runTask({ ...decrypt, body: bad }))).toBe('decryption-length');
    expect(codeOf(runTask({ ...combination, decryptions: parts.slice(1) }))).toBe('decryption-too-few');
  });

  it('whose keys are no points is a mistake of ours, and no sentence', () => {
    const none = new Uint8Array(32).fill(255);
    expect(() => runTask({ ...mix, place: { ...mix.place, electionKey: none } })).toThrow(RangeError);
    expect(() => runTask({ ...decrypt, place: { ...decrypt.place, verificationKey: none } })).toThrow(
      RangeError,
    );
  });

  it('weighs as much as its work: a ballot in a mix is one', () => {
    const list = new Uint8Array(64 * 100);
    expect(weightOf({ ...mix, list })).toBe(100);
    expect(weightOf({ ...decrypt, list })).toBe(25);
    expect(weightOf({ ...combination, list })).toBe(25);
    expect(weightOf({ ...ballots, records: new Uint8Array(2000) })).toBe(10);
  });
});

describe('a large count', () => {
  // Nothing is computed here: whoever does the tasks answers as the test says.
  const many = 1100;
  const made = Array.from({ length: many }, (_, i) => {
    const record = new Uint8Array(recordBytes(1));
    new DataView(record.buffer).setUint32(1, i);
    return record;
  });
  const large = writeBox(manifest, made, null, SERVER);
  const sign = (position: number): Uint8Array => (officers.keys[position - 1] as OfficerKey).signSecret;
  const chained = (kind: 'mix' | 'decrypt', seq: number, before: Uint8Array, officer: number): Uint8Array => {
    const [manifestHash, prevHash] = [place.manifestHash, readFile(before)?.hash ?? new Uint8Array(32)];
    return writeFile({ kind, manifestHash, seq, prevHash, officer, body: new Uint8Array() }, sign(officer));
  };
  const first = chained('mix', 1, large, 1);
  const second = chained('mix', 2, first, 2);
  const files: BoardFiles = {
    ...{ manifest: manifest.text, electors: many, box: large, mixes: [first, second] },
    transcript: writeTranscript({ header: key.header, posts: officers.posts }),
    decryptions: [chained('decrypt', 3, second, 1), chained('decrypt', 3, second, 2)],
  };
  type Answer = (task: Task, number: number) => Result<Opened | null>;
  async function verify(answer: Answer, more: Partial<BoardFiles> = {}) {
    const asked: Task[] = [];
    const run: RunTask = (task) => {
      asked.push(task);
      const same = asked.filter(({ kind }) => kind === task.kind).length;
      return () => Promise.resolve(answer(task, same));
    };
    const lines: Line[] = [];
    const steps = verifyBoard({ ...files, ...more }, run);
    for (;;) {
      const next = await steps.next();
      const ends = lines.at(-1);
      const code = ends === undefined || ends.ok ? 'accepted' : ends.error.code;
      if (next.done === true) return { asked, lines, code, verified: next.value };
      lines.push(next.value);
    }
  }
  const row = (rank: number): Opened => ({ rows: [{ ranks: [rank, 1, 1], tracker: null }], invalid: 1 });
  const good: Answer = (task, number) => accept(task.kind === 'combine' ? row(3 - number) : null);

  it('is asked for in pieces of a thousand ballots, before the first answer, and put together in order', async () => {
    const { asked, lines, verified } = await verify(good);
    expect(asked.map(({ kind }) => kind)).toEqual([
      ...['ballots', 'ballots', 'mix', 'mix', 'decrypt', 'decrypt', 'combine', 'combine'],
    ]);
    const sizes = asked.map((task) => ('records' in task ? task.records : task.list).length);
    const [record, point] = [recordBytes(1), 64];
    expect(sizes.slice(0, 3)).toEqual([1000 * record, 100 * record, many * point]);
    expect(sizes.slice(-2)).toEqual([1000 * point, 100 * point]);
    expect(lines.map((line) => (line.ok ? line.step.code : line.error.code))).toEqual([
      ...['ceremony-made', 'box-proven', 'mixed', 'mixed', 'decrypted', 'decrypted', 'combined'],
    ]);
    expect(verified?.opened).toEqual({ rows: [...row(1).rows, ...row(2).rows], invalid: 2 });
  });

  const no = (code: 'ballot-proof' | 'ballot-group'): Result<never> => refuse(code, where, 'x');
  it('names of two bad pieces of the box the one that is seen without arithmetic', async () => {
    const bad = (...codes: ('ballot-proof' | 'ballot-group' | null)[]): Promise<{ code: string }> =>
      verify((task, number) => {
        const code = task.kind === 'ballots' ? codes[number - 1] : null;
        return code ? no(code) : good(task, number);
      });
    expect((await bad('ballot-proof', 'ballot-group')).code).toBe('ballot-group');
    expect((await bad('ballot-group', 'ballot-proof')).code).toBe('ballot-group');
    expect((await bad('ballot-proof', null)).code).toBe('ballot-proof');
    expect((await bad(null, 'ballot-proof')).code).toBe('ballot-proof');
    expect((await bad(null, null)).code).toBe('accepted');
  });

  it('ends at the first line that is false, and gives no ballots', async () => {
    for (const [kind, told] of [
      ['ballots', 2],
      ['mix', 3],
      ['decrypt', 5],
      ['combine', 7],
    ] as const) {
      const { lines, verified } = await verify((task, number) =>
        task.kind === kind ? no('ballot-group') : good(task, number),
      );
      expect([kind, lines.length, lines.at(-1)?.ok, verified]).toEqual([kind, told, false, null]);
    }
    const none = await verify(good, { manifest: makeManifest(key, { kind: 'rehearsal' }).text });
    expect([none.code, none.lines.length]).toEqual(['manifest-kind', 2]);
  });

  it('of no ballots has nothing to mix, and an empty result', async () => {
    const empty = writeBox(manifest, [], null, SERVER);
    const { lines, asked, verified } = await verify((task) => runTask(task), {
      ...{ box: empty, mixes: [], decryptions: [], electors: 0 },
    });
    expect(lines.map((line) => (line.ok ? line.step.code : line.error.code))).toEqual([
      ...['ceremony-made', 'box-proven', 'combined'],
    ]);
    expect(asked.map(({ kind }) => kind)).toEqual(['combine']);
    expect(verified?.opened).toEqual({ rows: [], invalid: 0 });
  });
});

describe('what a box says of itself', () => {
  it('is the manifest of a box, and nothing of any other bytes', () => {
    expect(boxManifest(box)).toBe(manifest.text);
    expect(boxManifest(mixed.files[0] ?? box)).toBeNull();
    expect(boxManifest(new Uint8Array(200))).toBeNull();
    const file = readFile(box);
    if (file === null) throw new Error('a file');
    expect(boxManifest(writeFile({ ...file, body: new Uint8Array(4) }, SERVER))).toBeNull();
    expect(boxManifest(writeFile({ ...file, kind: 'mix' }, SERVER))).toBeNull();
  });
});

describe('a manifest', () => {
  const why = (text: string): string => {
    const read = readManifest(text);
    return read.ok ? 'accepted' : read.error.message.replace(/^[^:]*: /, '');
  };

  it('is told apart from other JSON by what is wrong with it', () => {
    for (const text of ['', '[]', '"x"', 'null', '7']) expect(why(text), text).toBe('it is no JSON object.');
    expect(why('{ }')).toBe('it is not in its canonical form.');
    expect(why('{"a":0.5}')).toBe('it is not in its canonical form.');
    expect(why('{}')).toBe('it is not of suite 2, or neither an election nor a rehearsal.');
  });

  it('may have a thousand candidates', () => {
    const named = (count: number): string =>
      why(makeManifestText({ candidates: Array.from({ length: count }, (_, i) => `c${i}`) }));
    const makeManifestText = (more: Record<string, unknown>): string =>
      JSON.stringify({ ...(JSON.parse(manifest.text) as object), ...more });
    expect(named(1000)).toBe('accepted');
    expect(named(1001)).toBe('candidates is not a list of different names.');
  });

  it('opens no board with another number of ballots than electors allow', () => {
    expect(codeOf(openBoard(manifest, key, 1, box))).toBe('box-electors');
    expect(codeOf(openBoard(manifest, key, 2, box))).toBe('accepted');
  });
});
