import { canonicalJson, join, toBase64Url, toHex } from '@elekto/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRecord, handleOf, hashRecord, splitRecord } from '../ballot/record.ts';
import { signRelease } from '../ballot/release.ts';
import type { OfficerKey } from '../ceremony/officer-key.ts';
import { officerKey, recoveryPhrase, rootOfPhrase } from '../ceremony/officer-key.ts';
import type { KeyShare } from '../ceremony/shares.ts';
import { shareOf } from '../ceremony/take-part.ts';
import { writeTranscript } from '../ceremony/transcript.ts';
import { checkDecryption, decrypt, type DecryptPlace } from '../decrypt/decrypt.ts';
import { framed } from '../frames.ts';
import { multiplyBase } from '../group/multiply.ts';
import { encodePoint } from '../group/point.ts';
import { encodeScalar } from '../group/scalar.ts';
import { signerOf } from '../sign.ts';
import { codeOf, flip, must, runs } from '../testing.ts';
import { type Knowledge, mayAct } from './before.ts';
import { addDecryption, addMix, type Board, openBoard, writeDecryption, writeMix } from './board.ts';
import { checkBox, writeBox } from './box.ts';
import { combine } from './combine.ts';
import { checkTie, checkVoid, writeTie, writeVoid } from './decide.ts';
import { acceptFile, type Draft, NO_HASH, readFile, writeFile } from './file.ts';
import { type BoardManifest, checkManifestKey, readManifest } from './manifest.ts';
import {
  boardOf,
  cast,
  decryptAll,
  makeManifest,
  makeOfficers,
  manifestJson,
  mixAll,
  SERVER,
} from './testing.ts';
import type { BoardFiles, Line, Verified } from './lines.ts';
import { verifyBoard } from './verify-board.ts';

const officers = await makeOfficers(3, 2);
const key = officers.board;
const { header } = key;
const manifest = makeManifest(key);
const secret = (position: number): Uint8Array => (officers.keys[position - 1] as OfficerKey).signSecret;
const share = (position: number): KeyShare => officers.shares[position - 1] as KeyShare;
const votes = [
  [1, 2, 3],
  [3, 1, 3],
  [0, 0, 0],
  [1, 2, 3],
];
const sealed = votes.map((ranks) => cast(manifest, ranks));
const records = sealed.map(({ record }) => record);
const { board: fresh, file: boxFile } = boardOf(manifest, key, records);
const mixed = mixAll(fresh, officers, [2, 3]);
const decrypted = decryptAll(mixed.board, officers, [1, 3]);
const rowsOf = (board: Board): string[] => must(combine(board)).rows.map(({ ranks }) => ranks.join());
const mh = Uint8Array.from(Buffer.from(manifest.rules.manifestHash, 'hex'));
/** A file signed again after a change to it. */
function resign(bytes: Uint8Array, change: Partial<Draft>, by?: Uint8Array): Uint8Array {
  const file = readFile(bytes);
  if (file === null) throw new Error('a file');
  const draft = { ...file, ...change };
  return writeFile(draft, by ?? (draft.officer === 0 ? SERVER : secret(draft.officer)));
}
const box = (bytes: Uint8Array, electors = 10, of: BoardManifest = manifest): string =>
  codeOf(checkBox(of, header, electors, bytes));

describe('a count under officers', () => {
  it('gives the ballots that were cast, gaps closed, in an order that says nothing, whoever mixes and decrypts', () => {
    const expected = ['0,0,0', '1,2,3', '1,2,3', '2,1,2'];
    expect(rowsOf(decrypted.board)).toEqual(expected);
    for (const [mixers, decryptors] of [
      [
        [1, 2],
        [2, 1],
      ],
      [
        [3, 1, 2],
        [2, 3],
      ],
      [
        [1, 3],
        [3, 2, 1],
      ],
    ] as const) {
      const { board } = mixAll(fresh, officers, mixers);
      expect(rowsOf(decryptAll(board, officers, decryptors).board)).toEqual(expected);
    }
  });

  it('with trackers orders by them, and two equal ones both count', () => {
    const tracked = makeManifest(key, {
      trackers: true,
      candidates: Array.from({ length: 30 }, (_, i) => `c${i}`),
    });
    expect(tracked.points).toBe(2);
    const ranks = Array.from({ length: 30 }, (_, i) => i + 1);
    const some = [ranks, [...ranks].reverse(), ranks].map((one) => cast(tracked, one));
    const { board } = boardOf(
      tracked,
      key,
      some.map(({ record }) => record),
    );
    const done = decryptAll(mixAll(board, officers, [1, 2]).board, officers, [1, 2]).board;
    const { rows, invalid } = must(combine(done));
    expect(invalid).toBe(0);
    const trackers = rows.map(({ tracker }) => toHex(tracker ?? new Uint8Array()));
    expect(trackers.every((tracker) => tracker.length === 32)).toBe(true);
    expect(trackers.toSorted()).toEqual(trackers);
    // Two rows with one tracker, as a voter with a program of their own can cast them.
    const row = board.head.rows[0];
    if (row === undefined) throw new Error('a row');
    const twice = { ...board, head: { ...board.head, rows: [row, row] } };
    const both = decryptAll(mixAll(twice, officers, [1, 2]).board, officers, [1, 2]).board;
    expect(must(combine(both)).rows).toHaveLength(2);
  });

  it('works without an officer who never comes, and with one who comes back by the words alone', async () => {
    const root = rootOfPhrase(recoveryPhrase(new Uint8Array(16).fill(3)));
    const again = officerKey(root ?? new Uint8Array(16));
    const recovered = await shareOf(header, officers.posts, again);
    if (recovered === null) throw new Error('a share');
    const first = must(addMix(fresh, must(writeMix(fresh, 1, secret(1)))));
    const second = must(addMix(first, must(writeMix(first, 3, again.signSecret))));
    const one = must(addDecryption(second, must(writeDecryption(second, share(1), secret(1)))));
    const done = must(addDecryption(one, must(writeDecryption(one, recovered, again.signSecret))));
    expect(rowsOf(done)).toEqual(rowsOf(decrypted.board));
  });

  it('counts ballots that hold no ranking, and nothing else of them', () => {
    // A point that is no payload, sealed with a proof that holds: what a client of one’s own can cast.
    const other = makeManifest(key, { allowNoOpinion: false });
    const blank = { ...other, rules: { ...other.rules, allowNoOpinion: true } };
    const three = [cast(blank, [0, 0, 0]), cast(other, [1, 2, 3]), cast(other, [3, 2, 1])];
    const { board } = boardOf(
      other,
      key,
      three.map(({ record }) => record),
    );
    const done = decryptAll(mixAll(board, officers, [1, 2]).board, officers, [1, 2]).board;
    const opened = must(combine(done));
    expect(opened.invalid).toBe(1);
    expect(opened.rows.map(({ ranks }) => ranks.join())).toEqual(['1,2,3', '3,2,1']);
  });

  it('of no ballots has no mix, no decryption and an empty result', () => {
    const { board } = boardOf(manifest, key, []);
    expect(codeOf(writeMix(board, 1, secret(1)))).toBe('mix-of-nothing');
    expect(codeOf(writeDecryption(board, share(1), secret(1)))).toBe('decryption-of-nothing');
    expect(must(combine(board))).toEqual({ rows: [], invalid: 0 });
    const mix = writeFile(
      {
        kind: 'mix',
        manifestHash: mh,
        seq: 1,
        prevHash: board.head.hash,
        officer: 1,
        body: new Uint8Array(),
      },
      secret(1),
    );
    expect(codeOf(addMix(board, mix))).toBe('mix-of-nothing');
    expect(() => decrypt({} as DecryptPlace, [], share(1))).toThrow(RangeError);
  });
});

describe('a manifest', () => {
  const text = (more: Record<string, unknown>): string => canonicalJson(manifestJson(key, more));
  const read = (more: Record<string, unknown>): string => codeOf(readManifest(text(more)));

  it('is read from its canonical JSON only', () => {
    expect(read({})).toBe('accepted');
    expect(codeOf(readManifest(JSON.stringify(manifestJson(key))))).toBe('manifest-format');
    expect(codeOf(readManifest(` ${text({})}`))).toBe('manifest-format');
    expect(codeOf(readManifest(text({}).replace('"version":2', '"version":2.5')))).toBe('manifest-format');
    for (const bad of ['', '[]', '"x"', 'null', '7', '{}'])
      expect(codeOf(readManifest(bad)), bad).toBe('manifest-format');
  });

  it('with a field that cannot be right is refused', () => {
    for (const more of [
      { suite: 1 },
      { kind: 'other' },
      { run: toHex(new Uint8Array(15)) },
      { run: 5 },
      { run: undefined },
      { custody: 'ab' },
      { custody: 5 },
      { publicKey: 'AA' },
      { serverKey: 'AA' },
      { serverKey: toBase64Url(new Uint8Array(32).fill(255)) },
      { candidates: [] },
      { candidates: ['a', 'a'] },
      { candidates: [1] },
      { candidates: 'ada' },
      { candidates: Array.from({ length: 1001 }, (_, i) => `c${i}`) },
      { allowNoOpinion: 1 },
      { trackers: 'no' },
    ])
      expect(read(more), JSON.stringify(more).slice(0, 50)).toBe('manifest-format');
    expect(read({ candidates: ['ada'] })).toBe('accepted');
  });

  it('of random JSON, or with any value exchanged, is refused or read, never an exception', () => {
    fc.assert(fc.property(fc.json(), (text) => void expect(readManifest(text).ok).toBe(false)));
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(manifestJson(key))), (value, field) => {
        try {
          readManifest(text({ [field]: value }));
        } catch (error) {
          // Only what the test itself cannot write: canonical JSON has whole numbers alone.
          expect(error).toBeInstanceOf(RangeError);
        }
        readManifest(JSON.stringify(manifestJson(key, { [field]: value })));
      }),
    );
  });

  it('is for one key, one ceremony and one purpose', async () => {
    const against = (more: Record<string, unknown>, to = key): string =>
      codeOf(checkManifestKey(makeManifest(key, more), to));
    expect(against({})).toBe('accepted');
    expect(against({ custody: '00'.repeat(32) })).toBe('manifest-custody');
    expect(against({ publicKey: toBase64Url(encodePoint(multiplyBase(3n))) })).toBe('manifest-key');
    // A rehearsal never runs on the key of an election, whatever it is called.
    expect(against({ kind: 'rehearsal' })).toBe('manifest-kind');
    const trial = await makeOfficers(3, 2, { kind: 'rehearsal' });
    expect(codeOf(checkManifestKey(makeManifest(trial.board), trial.board))).toBe('accepted');
    expect(codeOf(checkManifestKey(makeManifest(trial.board, { kind: 'election' }), trial.board))).toBe(
      'manifest-kind',
    );
    expect(codeOf(openBoard(makeManifest(key, { kind: 'rehearsal' }), key, 9, boxFile))).toBe(
      'manifest-kind',
    );
  });
});

describe('a box is refused', () => {
  it('when its body is random frames, without an exception', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom(Buffer.from('4'), Buffer.from(manifest.text)),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 3, maxLength: 5 }), (parts) => {
        expect(box(resign(boxFile, { body: framed('elekto/box/1', ...parts) }))).toMatch(
          /^box-(format|manifest)$/,
        );
      }),
      { numRuns: runs(60) },
    );
  });

  it('when it holds one ballot twice, in another order, or more ballots than electors', () => {
    const body = (list: readonly Uint8Array[]): Uint8Array =>
      framed('elekto/box/1', manifest.text, String(list.length), '', join(list));
    const sorted = fresh.box.ballots.map(({ bytes }) => bytes);
    const [first, second, ...rest] = sorted as [Uint8Array, Uint8Array, ...Uint8Array[]];
    expect(box(resign(boxFile, { body: body(sorted) }))).toBe('accepted');
    expect(box(resign(boxFile, { body: body([second, first, ...rest]) }))).toBe('box-order');
    expect(box(resign(boxFile, { body: body([first, first, ...rest]) }))).toBe('box-order');
    expect(box(boxFile, 3)).toBe('box-electors');
    expect(box(boxFile, 4)).toBe('accepted');
    expect(box(boxFile, 0)).toBe('box-electors');
    expect(checkBox(manifest, header, 3, boxFile)).toMatchObject({
      error: { party: 'the server', message: 'Box, the server: it holds 4 ballots of 3 electors.' },
    });
  });

  it('when a ballot in it is another’s copy, bad, or of another election or run', () => {
    const rerun = makeManifest(key, { run: toHex(new Uint8Array(16).fill(2)) });
    // Withdrawn in the first run, cast by the server in the second at the same commit: the proof is bound to the run.
    expect(box(writeBox(rerun, records, null, SERVER), 10, rerun)).toBe('ballot-handle');
    const bad = flip(records[0] as Uint8Array, 176);
    expect(box(writeBox(manifest, [bad, ...records.slice(1)], null, SERVER))).toMatch(
      /^ballot-(proof|group)$/,
    );
    const two = makeManifest(key, { candidates: Array.from({ length: 45 }, (_, i) => `c${i}`) });
    const ranks = Array.from({ length: 45 }, () => 1);
    const [one, other] = [cast(two, ranks).record, cast(two, ranks).record];
    // The first component of one ballot put before the second of another: half a copy, under a handle of its own.
    const halves = splitRecord(two.rules, other);
    const stolen = splitRecord(two.rules, one)?.a[0];
    if (halves === null || stolen === undefined) throw new Error('two records');
    const copied = { ...halves, a: [stolen, halves.a[1] as Uint8Array] };
    const record = encodeRecord({ ...copied, handle: handleOf(two.rules, copied.a) });
    expect(box(writeBox(two, [one, record], null, SERVER), 10, two)).toBe('ballot-proof');
  });

  it('when it is of another election, manifest, signer or form', () => {
    const forged = (change: Partial<Draft>, by?: Uint8Array): string => box(resign(boxFile, change, by));
    expect(forged({ manifestHash: new Uint8Array(32) })).toBe('file-election');
    expect(forged({}, secret(1))).toBe('file-signature');
    expect(forged({ officer: 1 })).toBe('file-officer');
    expect(forged({ seq: 1 })).toBe('file-order');
    expect(forged({ prevHash: mh })).toBe('file-previous');
    expect(forged({ kind: 'mix' }, SERVER)).toBe('file-format');
    const other = makeManifest(key, { allowNoOpinion: false });
    const all = join(fresh.box.ballots.map(({ bytes }) => bytes));
    const body = (text: string, n: string, register: Uint8Array, bytes: Uint8Array): string =>
      forged({ body: framed('elekto/box/1', text, n, register, bytes) });
    expect(body(other.text, '4', NO_HASH, all)).toBe('box-manifest');
    expect(body(manifest.text, '4', NO_HASH, all)).toBe('accepted');
    expect(body(manifest.text, '4', new Uint8Array(31), all)).toBe('box-format');
    expect(body(manifest.text, '04', NO_HASH, all)).toBe('box-format');
    expect(body(manifest.text, '3', NO_HASH, all)).toBe('box-format');
    expect(body(manifest.text, '4', NO_HASH, all.subarray(1))).toBe('box-format');
    expect(forged({ body: new Uint8Array() })).toBe('box-format');
    for (const bytes of [new Uint8Array(), boxFile.subarray(1), boxFile.subarray(0, -1), new Uint8Array(64)])
      expect(box(bytes)).toMatch(/^file-(format|signature)$/);
  });

  it('but keeps the hash of the marked register, where there is one', () => {
    const register = new Uint8Array(32).fill(7);
    expect(
      must(checkBox(manifest, header, 9, writeBox(manifest, records, register, SERVER))).registerHash,
    ).toEqual(register);
    expect(must(checkBox(manifest, header, 9, boxFile)).registerHash).toBeNull();
  });

  it('has no trace of the order of casting: the same file whatever that was', () => {
    expect(writeBox(manifest, [...records].reverse(), null, SERVER)).toEqual(boxFile);
  });
});

describe('a mix is refused', () => {
  const [first, second] = mixed.files as [Uint8Array, Uint8Array];
  const one = must(addMix(fresh, first));

  it('out of order, twice by one officer, at another place, or by somebody else', () => {
    expect(codeOf(addMix(fresh, second))).toBe('file-order');
    expect(codeOf(addMix(one, first))).toBe('file-order');
    expect(codeOf(addMix(one, resign(first, { seq: 2 })))).toBe('file-previous');
    // Signed for a place that another has: that is no fault of who signed it, but of who shows it there.
    const elsewhere = { step: 'mix 2', party: 'whoever shows it' };
    expect(addMix(one, first)).toMatchObject({ error: elsewhere });
    expect(addMix(one, resign(first, { seq: 2 }))).toMatchObject({ error: elsewhere });
    expect(codeOf(addMix(one, resign(second, { officer: 2 })))).toBe('mix-twice');
    expect(codeOf(writeMix(one, 2, secret(2)))).toBe('mix-twice');
    expect(codeOf(addMix(fresh, resign(first, {}, secret(1))))).toBe('file-signature');
    expect(codeOf(addMix(fresh, resign(first, { officer: 0 })))).toBe('file-officer');
    expect(codeOf(addMix(fresh, resign(first, { officer: 4 }, secret(1))))).toBe('file-officer');
    expect(codeOf(addMix(fresh, flip(first, first.length - 1)))).toBe('file-signature');
    expect(addMix(one, resign(second, { officer: 1 }))).toMatchObject({
      error: { code: 'mix-permutation', step: 'mix 2', party: 'officer-1' },
    });
  });

  it('with a list that is not the one before it, re-signed by its mixer', () => {
    const other = boardOf(manifest, key, records.slice(1)).board;
    const elsewhere = must(writeMix(other, 2, secret(2)));
    expect(codeOf(addMix(fresh, elsewhere))).toBe('file-previous');
    expect(codeOf(addMix(fresh, resign(elsewhere, { prevHash: fresh.head.hash })))).toBe('mix-length');
  });

  it('after the first decryption', () => {
    const part = decryptAll(mixed.board, officers, [1]).board;
    expect(codeOf(writeMix(part, 1, secret(1)))).toBe('mix-after-decryption');
    const late = must(writeMix(mixed.board, 1, secret(1)));
    expect(codeOf(addMix(mixed.board, late))).toBe('accepted');
    expect(codeOf(addMix(part, late))).toBe('mix-after-decryption');
  });

  it('may be repeated or given up without harm before that: each chain gives the same ballots', () => {
    const again = mixAll(fresh, officers, [2, 3]).board;
    expect(again.head.hash).not.toEqual(mixed.board.head.hash);
    expect(rowsOf(decryptAll(again, officers, [1, 2]).board)).toEqual(rowsOf(decrypted.board));
  });
});

describe('a decryption is refused', () => {
  const [of1] = decrypted.files as [Uint8Array];

  it('before as many officers have mixed as the threshold says', () => {
    const early = mixAll(fresh, officers, [1]).board;
    expect(codeOf(writeDecryption(early, share(1), secret(1)))).toBe('decryption-early');
    expect(codeOf(writeDecryption(fresh, share(1), secret(1)))).toBe('decryption-early');
    const draft = {
      kind: 'decrypt',
      manifestHash: mh,
      seq: 2,
      prevHash: early.head.hash,
      officer: 1,
    } as const;
    expect(codeOf(addDecryption(early, writeFile({ ...draft, body: new Uint8Array() }, secret(1))))).toBe(
      'decryption-early',
    );
  });

  it('with another share than the officer’s own, or a part of it changed', () => {
    const other = must(writeDecryption(mixed.board, { ...share(2), position: 1 }, secret(1)));
    expect(addDecryption(mixed.board, other)).toMatchObject({
      error: { code: 'decryption-proof', step: 'decryption', party: 'officer-1' },
    });
    const file = readFile(of1);
    const body = file?.body ?? new Uint8Array();
    const n = votes.length;
    const swapped = Uint8Array.from(body);
    const start = 4 + 'elekto/decrypt body/1'.length + 4;
    swapped.set(body.subarray(start + 32, start + 64), start);
    swapped.set(body.subarray(start, start + 32), start + 32);
    expect(codeOf(addDecryption(mixed.board, resign(of1, { body: swapped })))).toBe('decryption-proof');
    const at = start + 32 * n + 4;
    for (const [change, code] of [
      [flip(body, body.length - 32), 'decryption-proof'],
      [flip(body, body.length - 1, 255), 'decryption-group'],
      [flip(body, at, 1), 'decryption-group'],
      [body.subarray(1), 'decryption-length'],
      [join([body, new Uint8Array(1)]), 'decryption-length'],
      [new Uint8Array(), 'decryption-length'],
    ] as const)
      expect(codeOf(addDecryption(mixed.board, resign(of1, { body: change }))), code).toBe(code);
    const neutral = Uint8Array.from(body);
    neutral.fill(0, start, start + 32);
    expect(codeOf(addDecryption(mixed.board, resign(of1, { body: neutral })))).toBe('decryption-group');
    const zero = framed(
      'elekto/decrypt body/1',
      body.subarray(start, start + 32 * n),
      new Uint8Array(32),
      new Uint8Array(32),
      new Uint8Array(32),
    );
    expect(codeOf(addDecryption(mixed.board, resign(of1, { body: zero })))).toBe('decryption-proof');
    const short = framed(
      'elekto/decrypt body/1',
      body.subarray(start, start + 32),
      NO_HASH,
      NO_HASH,
      NO_HASH,
    );
    expect(codeOf(addDecryption(mixed.board, resign(of1, { body: short })))).toBe('decryption-length');
  });

  it('of one list for another, twice, or by somebody else', () => {
    const again = mixAll(fresh, officers, [2, 3]).board;
    expect(codeOf(addDecryption(again, of1))).toBe('file-previous');
    expect(codeOf(addDecryption(again, resign(of1, { prevHash: again.head.hash })))).toBe('decryption-proof');
    const part = decryptAll(mixed.board, officers, [1]).board;
    expect(codeOf(addDecryption(part, of1))).toBe('decryption-twice');
    expect(codeOf(writeDecryption(part, share(1), secret(1)))).toBe('decryption-twice');
    expect(codeOf(addDecryption(mixed.board, resign(of1, { officer: 2 })))).toBe('decryption-proof');
    expect(codeOf(addDecryption(mixed.board, resign(of1, {}, secret(2))))).toBe('file-signature');
    expect(codeOf(combine(part))).toBe('decryption-too-few');
    expect(combine(mixed.board)).toMatchObject({
      error: { message: 'Combination, the officers: 0 of 2 decryptions are there.' },
    });
  });

  it('of random bytes, without an exception', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 140 }), { minLength: 3, maxLength: 5 }), (parts) => {
        const body = framed('elekto/decrypt body/1', ...parts);
        const code = codeOf(addDecryption(mixed.board, resign(of1, { body })));
        expect(code).toMatch(/^decryption-(length|group)$/);
      }),
      { numRuns: runs(40) },
    );
  });

  it('bound to every part of its place', () => {
    const place: DecryptPlace = {
      manifestHash: mh,
      boxHash: mixed.board.box.hash,
      headHash: mixed.board.head.hash,
      transcriptHash: key.transcriptHash,
      officer: 1,
      verificationKey: multiplyBase(share(1).secret),
      points: 1,
    };
    const body = readFile(of1)?.body ?? new Uint8Array();
    const where = { step: 'decryption', party: 'ada' };
    const check = (more: Partial<DecryptPlace>): string =>
      codeOf(checkDecryption({ ...place, ...more }, mixed.board.head.rows, body, where));
    expect(check({})).toBe('accepted');
    const told: number[] = [];
    checkDecryption(place, mixed.board.head.rows, body, where, (done) => told.push(done));
    expect([told[0], told.at(-1), told.length > 10]).toEqual([0.2, 1, true]);
    for (const more of [
      { manifestHash: NO_HASH },
      { boxHash: NO_HASH },
      { headHash: NO_HASH },
      { transcriptHash: NO_HASH },
      { officer: 2 },
      { verificationKey: multiplyBase(5n) },
    ])
      expect(check(more), Object.keys(more)[0]).toBe('decryption-proof');
  });
});

describe('before an officer acts', () => {
  const hash = toHex(fresh.box.hash);
  const known: Knowledge = {
    officer: 1,
    headDescends: true,
    endsAt: 1000,
    inspectedAt: 2000,
    now: 2000,
    boxesOnBranch: [hash],
    rememberedBox: null,
    otherRun: null,
    signedVoid: false,
    receipts: [],
  };
  const act = (more: Partial<Knowledge>, board = fresh): string =>
    codeOf(mayAct(board, { ...known, ...more }));

  it('everything has to be as the repository, the clock and the memory say', () => {
    expect(act({})).toBe('accepted');
    expect(act({ rememberedBox: hash })).toBe('accepted');
    expect(act({ boxesOnBranch: [hash, hash] })).toBe('accepted');
    // The box a second before the end; the end moved after the box; history replaced.
    expect(act({ now: 999 })).toBe('act-before-end');
    expect(act({ endsAt: 3000 })).toBe('act-before-end');
    expect(act({ now: 1000 })).toBe('act-inspection');
    expect(act({ now: 1999 })).toBe('act-inspection');
    expect(act({ headDescends: false })).toBe('act-history');
    expect(act({ boxesOnBranch: [] })).toBe('act-not-on-branch');
    expect(mayAct(fresh, { ...known, now: 0 })).toMatchObject({
      error: { step: 'box', party: 'the server' },
    });
  });

  it('two boxes that differ in one ballot get no second act from an honest officer, after a recovery neither', () => {
    // Three officers, two of them needed, one corrupt: the server shows honest 1 the box and honest 2 another one.
    const other = boardOf(manifest, key, [...records.slice(1), cast(manifest, [3, 3, 3]).record]).board;
    const otherHash = toHex(other.box.hash);
    expect(otherHash).not.toBe(hash);
    expect(act({ rememberedBox: hash }, fresh)).toBe('accepted');
    // Officer 2 has never acted: the branch refuses. Officer 1, who has: branch and memory do.
    expect(act({ officer: 2 }, other)).toBe('act-two-boxes');
    expect(act({ rememberedBox: hash }, other)).toBe('act-two-boxes');
    expect(act({ rememberedBox: hash, boxesOnBranch: [] }, other)).toBe('act-other-box');
    expect(act({ boxesOnBranch: [] }, other)).toBe('act-not-on-branch');
    expect(act({ rememberedBox: hash, boxesOnBranch: [otherHash] }, other)).toBe('act-other-box');
    // Even if the second one gets onto the branch as well, and memory was lost.
    expect(act({ boxesOnBranch: [hash, otherHash] }, other)).toBe('act-two-boxes');
    expect(act({ boxesOnBranch: [hash, otherHash] }, fresh)).toBe('act-two-boxes');
  });

  it('the officer has not signed that the ballots are void; who did is not led to propose their box either', () => {
    expect(act({ signedVoid: true })).toBe('act-voided');
    expect(act({ signedVoid: true, boxesOnBranch: [] })).toBe('act-voided');
    expect(act({ signedVoid: true, now: 1999 })).toBe('act-voided');
    expect(mayAct(fresh, { ...known, signedVoid: true })).toMatchObject({
      error: { step: 'void', party: 'the server' },
    });
  });

  it('no other run of the election was acted on by the officer', () => {
    const said = (otherRun: Knowledge['otherRun']) => mayAct(fresh, { ...known, otherRun });
    expect(said('mixed')).toMatchObject({
      error: {
        code: 'act-two-boxes',
        message:
          'Box, the server: you have acted on the box of another run of this election, and open no second one.',
      },
    });
    expect(said('decrypted')).toMatchObject({
      error: {
        message:
          'Box, the server: you have decrypted the box of another run of this election: after a first decryption no other run is opened.',
      },
    });
  });

  it('the officer’s own ballot is in the box, or was released by the officer', () => {
    const mine = sealed[0];
    if (mine === undefined) throw new Error('a ballot');
    const recordHash = hashRecord(manifest.rules.manifestHash, mine.record);
    const without = boardOf(manifest, key, records.slice(1)).board;
    const there = { boxesOnBranch: [toHex(without.box.hash)] };
    expect(act({ receipts: [{ recordHash, shown: null }] })).toBe('accepted');
    expect(act({ ...there, receipts: [{ recordHash, shown: null }] }, without)).toBe('act-own-ballot');
    const newHash = hashRecord(manifest.rules.manifestHash, records[1] as Uint8Array);
    const release = signRelease(manifest.rules, mine.seed, recordHash, newHash);
    const shown = { record: mine.record, newHash, release };
    expect(act({ ...there, receipts: [{ recordHash, shown }] }, without)).toBe('accepted');
    const madeUp = {
      ...shown,
      release: signRelease(manifest.rules, sealed[1]?.seed ?? SERVER, recordHash, newHash),
    };
    expect(act({ ...there, receipts: [{ recordHash, shown: madeUp }] }, without)).toBe('act-own-ballot');
  });
});

describe('a decision of the officers', () => {
  const decision = { winners: ['ada'], how: 'by lot' };
  const tie = (officer: number, said: unknown = decision): Uint8Array =>
    writeTie(mixed.board, 1, officer, said, secret(officer));

  it('about a tie takes a quorum that says the same', () => {
    expect(must(checkTie(mixed.board, 1, [tie(1), tie(2)]))).toEqual(decision);
    expect(must(checkTie(mixed.board, 1, [tie(3), tie(1), tie(2)]))).toEqual(decision);
    expect(codeOf(checkTie(mixed.board, 1, [tie(1)]))).toBe('decision-too-few');
    expect(codeOf(checkTie(mixed.board, 1, [tie(1), tie(1)]))).toBe('decision-too-few');
    expect(codeOf(checkTie(mixed.board, 1, []))).toBe('decision-too-few');
    expect(codeOf(checkTie(mixed.board, 1, [tie(1), tie(2, { ...decision, how: 'by age' })]))).toBe(
      'decision-differs',
    );
    expect(codeOf(checkTie(mixed.board, 1, [tie(1), resign(tie(2), {}, secret(1))]))).toBe('file-signature');
    expect(codeOf(checkTie(fresh, 1, [tie(1), tie(2)]))).toBe('file-order');
    const again = mixAll(fresh, officers, [2, 3]).board;
    expect(codeOf(checkTie(again, 1, [tie(1), tie(2)]))).toBe('file-previous');
    for (const text of [
      ...['{ "a":1}', 'no', '1.5', '\ufeff1'].map((one) => Buffer.from(one)),
      Buffer.of(0x22, 0xff, 0x22),
    ])
      expect(codeOf(checkTie(mixed.board, 1, [resign(tie(1), { body: Buffer.from(text) })]))).toBe(
        'decision-format',
      );
  });

  it('voids a run before anything of it was decrypted, never after', () => {
    const files = [1, 3].map((officer) =>
      writeVoid(manifest, officer, 'a candidate was missing', secret(officer)),
    );
    expect(must(checkVoid(manifest, key, files, false))).toEqual({ reason: 'a candidate was missing' });
    expect(codeOf(checkVoid(manifest, key, files, true))).toBe('void-after-decryption');
    expect(codeOf(checkVoid(manifest, key, files.slice(1), false))).toBe('decision-too-few');
    const rerun = makeManifest(key, { run: toHex(new Uint8Array(16).fill(2)) });
    expect(codeOf(checkVoid(rerun, key, files, false))).toBe('file-election');
  });
});

describe('the verification of a whole count', () => {
  const files: BoardFiles = {
    transcript: writeTranscript({ header, posts: officers.posts }),
    manifest: manifest.text,
    electors: 9,
    box: boxFile,
    mixes: mixed.files,
    decryptions: decrypted.files,
  };
  async function verify(
    more: Partial<BoardFiles> = {},
  ): Promise<{ lines: Line[]; verified: Verified | null }> {
    const lines: Line[] = [];
    const steps = verifyBoard({ ...files, ...more });
    for (;;) {
      const next = await steps.next();
      if (next.done === true) return { lines, verified: next.value };
      lines.push(next.value);
    }
  }
  const last = async (more: Partial<BoardFiles>): Promise<string> => {
    const { lines, verified } = await verify(more);
    const end = lines.at(-1);
    expect(lines.slice(0, -1).every(({ ok }) => ok)).toBe(true);
    expect(verified === null).toBe(end?.ok === false);
    return end?.ok === false ? end.error.code : 'accepted';
  };

  it('says line by line what holds, and gives the ballots', async () => {
    const { lines, verified } = await verify();
    expect(lines.map((line) => (line.ok ? line.step.code : line.error.code))).toEqual([
      'ceremony-made',
      'box-proven',
      'mixed',
      'mixed',
      'decrypted',
      'decrypted',
      'combined',
    ]);
    expect(verified?.opened.rows.map(({ ranks }) => ranks.join())).toEqual(rowsOf(decrypted.board));
    expect(lines.map((line) => line.ok && line.step)).toMatchObject([
      { header: { threshold: 2 } },
      {},
      { position: 1, officer: 'officer-2' },
      { position: 2, officer: 'officer-3' },
      {},
      {},
      { opened: { invalid: 0 } },
    ]);
  });

  it('ends with the first line that is false', async () => {
    const [mix1, mix2] = mixed.files as [Uint8Array, Uint8Array];
    const [of1, of3] = decrypted.files as [Uint8Array, Uint8Array];
    expect(await last({ transcript: '{}' })).toBe('transcript-format');
    expect(await last({ transcript: writeTranscript({ header, posts: officers.posts.slice(1) }) })).toBe(
      'key-unfinished',
    );
    expect(await last({ manifest: '{}' })).toBe('manifest-format');
    expect(await last({ manifest: makeManifest(key, { allowNoOpinion: false }).text })).toBe('file-election');
    expect(await last({ electors: 3 })).toBe('box-electors');
    expect(await last({ box: new Uint8Array() })).toBe('file-format');
    expect(await last({ mixes: [mix2, mix1] })).toBe('file-order');
    expect(await last({ mixes: [mix1] })).toBe('file-order');
    expect(await last({ mixes: [] })).toBe('file-order');
    expect(await last({ mixes: [], decryptions: [] })).toBe('decryption-too-few');
    expect(await last({ decryptions: [of1] })).toBe('decryption-too-few');
    expect(await last({ decryptions: [of1, of1] })).toBe('decryption-twice');
    expect(await last({ decryptions: [of3, of1] })).toBe('accepted');
  });

  it('accepts no file of which a byte was changed, and throws for none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(5), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, at, by) => {
        const [m1, m2] = mixed.files as [Uint8Array, Uint8Array];
        const [d1, d3] = decrypted.files as [Uint8Array, Uint8Array];
        const all = [boxFile, m1, m2, d1, d3];
        const changed = all.map((file, i) => (i === which % 5 ? flip(file, at % file.length, by) : file));
        const [box, a, b, c, d] = changed as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
        expect(await last({ box, mixes: [a, b], decryptions: [c, d] })).not.toBe('accepted');
      }),
      { numRuns: runs(25) },
    );
  });
});

describe('a board file', () => {
  it('of random bytes, or random frames, is none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void expect(readFile(bytes)).toBeNull()),
    );
    const text = fc.oneof(fc.string(), fc.constantFrom('box', 'mix', '0', '1', '00', '-1', '1e3'));
    fc.assert(
      fc.property(fc.array(text, { minLength: 5, maxLength: 8 }), (parts) => {
        const bytes = join([framed('elekto/board/1', ...parts), new Uint8Array(64)]);
        const file = readFile(bytes);
        if (file !== null) expect(['box', 'mix', 'decrypt', 'tie', 'void']).toContain(file.kind);
      }),
    );
  });

  it('has one form: numbers without zeros before them, hashes of 32 bytes, six parts', () => {
    const parts: (string | Uint8Array)[] = ['mix', mh, '1', NO_HASH, '2', 'body'];
    const read = (change: Record<number, string | Uint8Array>, domain = 'elekto/board/1'): unknown =>
      readFile(join([framed(domain, ...parts.map((part, i) => change[i] ?? part)), new Uint8Array(64)]));
    expect(read({})).toMatchObject({ kind: 'mix', seq: 1, officer: 2 });
    expect(read({ 2: '0' })).toMatchObject({ seq: 0 });
    for (const [i, bad] of [
      [0, 'mixed'],
      [0, '\ufeffmix'],
      [2, '\ufeff1'],
      [1, mh.subarray(1)],
      [2, '01'],
      [2, '1234567890'],
      [2, ''],
      [2, '1 '],
      [3, new Uint8Array(33)],
      [4, '-1'],
    ] as const)
      expect(read({ [i]: bad })).toBeNull();
    expect(read({}, 'elekto/board/2')).toBeNull();
    expect(readFile(join([framed('elekto/board/1', ...parts, 'more'), new Uint8Array(64)]))).toBeNull();
    expect(readFile(join([framed('elekto/board/1', ...parts.slice(1)), new Uint8Array(64)]))).toBeNull();
  });

  it('is signed over its place and the hash of its body', () => {
    const expected = { kind: 'mix', seq: 1, prevHash: fresh.head.hash, step: 'mix 1' } as const;
    const [first] = mixed.files as [Uint8Array];
    expect(codeOf(acceptFile(manifest, header, expected, first))).toBe('accepted');
    for (let at = 0; at < first.length; at += 97)
      expect(codeOf(acceptFile(manifest, header, expected, flip(first, at)))).not.toBe('accepted');
    expect(signerOf(SERVER)).toEqual(manifest.serverKey);
  });
});

describe('a share', () => {
  it('is good for one officer only', () => {
    expect(new Set(officers.shares.map(({ secret: one }) => toHex(encodeScalar(one)))).size).toBe(3);
  });
});
