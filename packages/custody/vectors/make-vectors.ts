/**
 * Writes the vectors of docs/verifier-specification.md anew. What is random in them changes each time: run it for a new
 * format only, and give that a new number. `node packages/custody/vectors/make-vectors.ts`
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, join as joined, toBase64Url, toHex } from '@elekto/wire';
import { deriveBallot } from '../src/ballot/derive.ts';
import { embed } from '../src/ballot/embed.ts';
import { encodePayload } from '../src/ballot/payload.ts';
import { encodeRecord, handleOf, hashRecord, splitRecord } from '../src/ballot/record.ts';
import { signRelease } from '../src/ballot/release.ts';
import type { BallotRules } from '../src/ballot/rules.ts';
import { sealWithSeed } from '../src/ballot/seal.ts';
import { type Board, openBoard, writeDecryption } from '../src/board/board.ts';
import { writeBox } from '../src/board/box.ts';
import { combine } from '../src/board/combine.ts';
import { type Draft, readFile, writeFile } from '../src/board/file.ts';
import type { BoardManifest } from '../src/board/manifest.ts';
import {
  boardOf,
  cast,
  decryptAll,
  makeManifest,
  makeOfficers,
  manifestJson,
  mixAll,
  type Officers,
  SERVER,
} from '../src/board/testing.ts';
import { coefficientsOf, dealPolynomial } from '../src/ceremony/deal.ts';
import { headerJson } from '../src/ceremony/header.ts';
import { wordsToCompare } from '../src/ceremony/officer-key.ts';
import { type Body, type Post, postJson, signPost } from '../src/ceremony/post.ts';
import { writeTranscript } from '../src/ceremony/transcript.ts';
import { generators, hashToScalar, multiplyBase, randomScalar } from '../src/group/index.ts';
import { encodePoint } from '../src/group/point.ts';
import { decodeScalar, encodeScalar, reduce } from '../src/group/scalar.ts';
import { framed } from '../src/frames.ts';
import { pieces } from '../src/list.ts';
import { encodeMix, type MixParts, splitMix } from '../src/mix/body.ts';
import type { MixPlace } from '../src/mix/place.ts';
import { prove } from '../src/mix/shuffle.ts';
import { flip, must, rulesFor } from '../src/testing.ts';

const put = (name: string, value: unknown): void =>
  writeFileSync(join(import.meta.dirname, name), `${JSON.stringify(value, null, 2)}\n`);
const hex = (bytes: Uint8Array): string => toHex(bytes);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const filled = (by: number, length = 32): Uint8Array => new Uint8Array(length).fill(by);
const BAD_POINT = filled(255);
const NEUTRAL = filled(0);

// ---- group
const payloads = [filled(0, 29), filled(255, 29), Uint8Array.from({ length: 58 }, (_, i) => i)];
put('group-1.json', {
  scalars: ['', 'elekto', 'scalar'].map((message) => ({
    message: hex(bytes(message)),
    scalar: String(hashToScalar(bytes(message))),
  })),
  generators: generators(4).map(encodePoint).map(hex),
  payloads: payloads.map((payload) => ({
    payload: hex(payload),
    points: embed(payload).map(encodePoint).map(hex),
  })),
  notPoints: [
    BAD_POINT,
    Uint8Array.of(1, ...filled(0, 31)),
    filled(0, 31),
    Uint8Array.of(0xed, ...filled(255, 30), 0x7f),
  ].map(hex),
});

// ---- ballots
const binding = filled(9);
const ballotCase = (rules: BallotRules, ranks: number[], seedByte: number) => {
  const seed = filled(seedByte);
  const sealed = must(sealWithSeed(rules, ranks, binding, seed));
  const derived = deriveBallot(rules, seed);
  const parts = splitRecord(rules, sealed.record);
  if (parts === null) throw new Error('a record');
  return {
    rules: {
      manifestHash: rules.manifestHash,
      electionKey: hex(rules.electionKey),
      candidates: rules.candidates,
      trackers: rules.tracker,
      allowNoOpinion: rules.allowNoOpinion,
    },
    seed: hex(seed),
    voterBinding: hex(binding),
    ranks,
    exponents: derived.exponents.map(String),
    tagKey: hex(derived.tagKey),
    tracker: derived.tracker === null ? null : hex(derived.tracker),
    points: embed(encodePayload(rules, { ranks, tracker: derived.tracker }))
      .map(encodePoint)
      .map(hex),
    handle: hex(parts.handle),
    record: hex(sealed.record),
    recordHash: hashRecord(rules.manifestHash, sealed.record),
  };
};
const small = rulesFor();
const large = rulesFor({ candidates: 45, tracker: true, allowNoOpinion: false });
const cases = [
  ballotCase(small, [2, 1, 0, 1, 5], 1),
  ballotCase(small, [0, 0, 0, 0, 0], 2),
  ballotCase(
    large,
    Array.from({ length: 45 }, (_, i) => 45 - i),
    3,
  ),
  ballotCase(rulesFor({ candidates: 1, tracker: true }), [1], 4),
];
const recordOf = (index: number): Uint8Array =>
  Uint8Array.from(Buffer.from(cases[index]?.record ?? '', 'hex'));
const reformed = (rules: BallotRules, record: Uint8Array, change: object): Uint8Array => {
  const parts = splitRecord(rules, record);
  if (parts === null) throw new Error('a record');
  const changed = { ...parts, ...change };
  return encodeRecord({ ...changed, handle: handleOf(rules, changed.a) });
};
const [first, second, third] = [recordOf(0), recordOf(1), recordOf(2)];
const longParts = splitRecord(large, third);
const plusOne = (scalar: Uint8Array): Uint8Array => encodeScalar((decodeScalar(scalar) ?? 0n) + 1n);
const badRecords: [string, number, Uint8Array, string][] = [
  ['another suite', 0, flip(first, 0), 'ballot-format'],
  ['a byte too few', 0, first.slice(0, -1), 'ballot-format'],
  ['a byte too many', 0, joined([first, filled(0, 1)]), 'ballot-format'],
  ['another handle', 0, flip(first, 5), 'ballot-handle'],
  ['another tag', 0, flip(first, 20), 'ballot-proof'],
  ['a is neutral', 0, reformed(small, first, { a: [NEUTRAL] }), 'ballot-group'],
  ['b is neutral', 0, reformed(small, first, { b: [NEUTRAL] }), 'ballot-group'],
  ['a is no point', 0, reformed(small, first, { a: [BAD_POINT] }), 'ballot-group'],
  ['A is no point', 0, reformed(small, first, { commitments: [BAD_POINT] }), 'ballot-group'],
  ['z is too large', 0, reformed(small, first, { responses: [BAD_POINT] }), 'ballot-group'],
  [
    'A is neutral and z is 0',
    0,
    reformed(small, first, { commitments: [NEUTRAL], responses: [NEUTRAL] }),
    'ballot-proof',
  ],
  ['b is another ballot’s', 0, reformed(small, first, { b: splitRecord(small, second)?.b }), 'ballot-proof'],
  [
    'a and b are another ballot’s',
    0,
    reformed(small, first, { a: splitRecord(small, second)?.a, b: splitRecord(small, second)?.b }),
    'ballot-proof',
  ],
  [
    'the last z is one more',
    2,
    reformed(large, third, { responses: longParts?.responses.map((z, k) => (k === 1 ? plusOne(z) : z)) }),
    'ballot-proof',
  ],
  [
    'the two A are swapped',
    2,
    reformed(large, third, { commitments: [...(longParts?.commitments ?? [])].reverse() }),
    'ballot-proof',
  ],
];
const newHash = cases[1]?.recordHash ?? '';
const oldHash = cases[0]?.recordHash ?? '';
const release = signRelease(small, filled(1), oldHash, newHash);
const withdrawal = signRelease(small, filled(1), oldHash, null);
put('ballots-2.json', {
  cases,
  bad: badRecords.map(([what, of, record, code]) => ({ what, case: of, record: hex(record), code })),
  releases: [
    { case: 0, newHash, release: hex(release), code: null },
    { case: 0, newHash: null, release: hex(withdrawal), code: null },
    { case: 0, newHash: null, release: hex(release), code: 'release-proof' },
    { case: 0, newHash: oldHash, release: hex(release), code: 'release-proof' },
    { case: 1, newHash, release: hex(release), code: 'release-proof' },
    { case: 0, newHash, release: hex(flip(release, 33)), code: 'release-proof' },
    { case: 0, newHash, release: hex(release.slice(1)), code: 'release-format' },
    { case: 0, newHash, release: hex(filled(255, 64)), code: 'release-format' },
  ],
});

// ---- ceremony
const three = await makeOfficers(3, 2);
const five = await makeOfficers(5, 3);
const trial = await makeOfficers(3, 2, { kind: 'rehearsal' });
const transcriptOf = ({ board, posts }: Officers): string => writeTranscript({ header: board.header, posts });
const ceremonyCase = (officers: Officers) => ({
  roots: officers.keys.map((_, i) => hex(filled(i + 1, 16))),
  transcript: transcriptOf(officers),
  electionKey: hex(encodePoint(officers.board.electionKey)),
  verificationKeys: officers.board.verificationKeys.map(encodePoint).map(hex),
  shares: officers.shares.map(({ secret }) => String(secret)),
  transcriptHash: hex(officers.board.transcriptHash),
  words: wordsToCompare(officers.board.transcriptHash),
});
const { header } = three.board;
const fileWith = (posts: readonly unknown[], head: object = headerJson(header)): string =>
  JSON.stringify({ header: head, posts });
const json = three.posts.map(postJson);
const signBy = (officer: number, body: Body): Post =>
  signPost(header, officer, body, three.keys[officer - 1]?.signSecret ?? SERVER);
const exchange = (position: number, post: Post): unknown[] =>
  json.map((one, i) => (i === position ? postJson(post) : one));
const deal = three.posts[1]?.body;
if (deal?.kind !== 'deal') throw new Error('a deal');
const head = headerJson(header);
const list = head.officers as Record<string, unknown>[];
const other = await dealPolynomial(header, 2, [5n, 6n], three.keys[1] ?? { dealSecret: SERVER });
/** Dealer 3 deals so that the constants of all three add up to nothing. */
const sum = three.keys.slice(0, 2).reduce((total, key) => total + (coefficientsOf(header, key)[0] ?? 0n), 0n);
const neutral = await dealPolynomial(header, 3, [reduce(-sum), 7n], three.keys[2] ?? { dealSecret: SERVER });
const badFiles: [string, string, string][] = [
  ['no JSON', '{', 'transcript-format'],
  ['a field too many', JSON.stringify({ header: head, posts: json, more: 1 }), 'transcript-format'],
  ['another format', fileWith(json, { ...head, format: 'elekto-custody/2' }), 'header-format'],
  ['a day that is none', fileWith(json, { ...head, until: '2027-02-30' }), 'header-format'],
  ['two officers', fileWith(json, { ...head, officers: list.slice(0, 2) }), 'header-too-few'],
  ['a threshold of one', fileWith(json, { ...head, threshold: 1 }), 'header-threshold'],
  ['a threshold above n', fileWith(json, { ...head, threshold: 4 }), 'header-threshold'],
  [
    'a receiving key of small order',
    fileWith(json, { ...head, officers: [{ ...list[0], receive: toBase64Url(NEUTRAL) }, ...list.slice(1)] }),
    'header-key',
  ],
  [
    'a signing key of small order',
    fileWith(json, {
      ...head,
      officers: [{ ...list[0], sign: toBase64Url(Uint8Array.of(1, ...filled(0, 31))) }, ...list.slice(1)],
    }),
    'header-key',
  ],
  [
    'a login twice',
    fileWith(json, { ...head, officers: [{ ...list[0], login: 'Officer-2' }, ...list.slice(1)] }),
    'header-twice',
  ],
  [
    'another nonce: all posts are of another ceremony',
    fileWith(json, { ...head, nonce: toBase64Url(filled(6, 16)) }),
    'post-signature',
  ],
  [
    'a post by an officer that is none',
    fileWith([{ ...json[0], officer: 4 }, ...json.slice(1)]),
    'post-format',
  ],
  ['a post under another name', fileWith([{ ...json[0], officer: 2 }, ...json.slice(1)]), 'post-signature'],
  [
    'a signature changed',
    fileWith([{ ...json[0], signature: toBase64Url(filled(0, 64)) }, ...json.slice(1)]),
    'post-signature',
  ],
  ['two deals by one officer', fileWith([...json, postJson(signBy(2, other))]), 'post-twice'],
  ['another proof', fileWith(exchange(1, signBy(2, { ...deal, proof: flip(deal.proof, 40) }))), 'deal-proof'],
  [
    'a proof that is no scalar',
    fileWith(exchange(1, signBy(2, { ...deal, proof: filled(255, 64) }))),
    'deal-proof',
  ],
  [
    'a commitment too few',
    fileWith(exchange(1, signBy(2, { ...deal, commitments: deal.commitments.slice(1) }))),
    'deal-length',
  ],
  [
    'a share too short',
    fileWith(exchange(1, signBy(2, { ...deal, shares: [filled(1, 79), ...deal.shares.slice(1)] }))),
    'deal-length',
  ],
  [
    'a neutral commitment',
    fileWith(exchange(1, signBy(2, { ...deal, commitments: [deal.commitments[0] as Uint8Array, NEUTRAL] }))),
    'deal-group',
  ],
  ['a deal of its own, which nobody confirmed', fileWith(exchange(1, signBy(2, other))), 'confirm-differs'],
  [
    'a confirmation of something else',
    fileWith(exchange(5, signBy(3, { kind: 'confirm', transcript: NEUTRAL }))),
    'confirm-differs',
  ],
  ['a confirmation missing', fileWith(json.slice(0, 5)), 'key-unfinished'],
  ['a deal missing', fileWith(json.slice(1)), 'key-unfinished'],
  ['a post twice', fileWith([...json, json[5]]), 'transcript-extra'],
  ['another order', fileWith([...json].reverse()), 'transcript-extra'],
  ['a key that is neutral', fileWith([...json.slice(0, 2), postJson(signBy(3, neutral))]), 'key-neutral'],
];
put('ceremony-1.json', {
  cases: [three, five, trial].map(ceremonyCase),
  bad: badFiles.map(([what, transcript, code]) => ({ what, transcript, code })),
});

// ---- board
interface Count {
  readonly name: string;
  readonly transcript: string;
  readonly manifest: string;
  readonly electors: number;
  readonly box: Uint8Array;
  readonly mixes: readonly Uint8Array[];
  readonly decryptions: readonly Uint8Array[];
}
function hold(
  name: string,
  officers: Officers,
  manifest: BoardManifest,
  votes: readonly (readonly number[])[],
  mixers: readonly number[],
  decryptors: readonly number[],
) {
  const records = votes.map((ranks) => cast(manifest, ranks).record);
  const { board, file } = boardOf(manifest, officers.board, records);
  const mixed = mixAll(board, officers, mixers);
  const done = decryptAll(mixed.board, officers, decryptors);
  const count: Count = {
    name,
    transcript: transcriptOf(officers),
    manifest: manifest.text,
    electors: 9,
    box: file,
    mixes: mixed.files,
    decryptions: done.files,
  };
  return { count, records, board, mixed: mixed.board, done: done.board };
}
const small3 = makeManifest(three.board);
const strict = makeManifest(three.board, { allowNoOpinion: false });
const wide = makeManifest(three.board, {
  candidates: Array.from({ length: 30 }, (_, i) => `c${i}`),
  trackers: true,
});
const ladder = Array.from({ length: 30 }, (_, i) => i + 1);
const main = hold(
  'three officers, two mixes',
  three,
  small3,
  [
    [1, 2, 3],
    [3, 1, 3],
    [0, 0, 0],
    [1, 2, 3],
  ],
  [2, 3],
  [1, 3],
);
const two = hold(
  'two points a ballot, with trackers',
  three,
  wide,
  [ladder, [...ladder].reverse(), ladder],
  [3, 1],
  [2, 3],
);
const none = hold('no ballots', three, small3, [], [], []);
const many = hold(
  'five officers, one mix more than needed',
  five,
  makeManifest(five.board),
  [
    [1, 1, 1],
    [2, 3, 1],
  ],
  [5, 1, 3, 2],
  [4, 2, 5, 1],
);
// A ballot that a client of one's own sealed: a blank one where all have to be ranked.
const blank = { ...strict, rules: { ...strict.rules, allowNoOpinion: true } };
const invalid = (() => {
  const records = [cast(blank, [0, 0, 0]), cast(strict, [3, 1, 3])].map(({ record }) => record);
  const { board, file } = boardOf(strict, three.board, records);
  const mixed = mixAll(board, three, [1, 2]);
  const done = decryptAll(mixed.board, three, [1, 2]);
  const count: Count = {
    ...main.count,
    name: 'an invalid ballot',
    manifest: strict.text,
    box: file,
    mixes: mixed.files,
    decryptions: done.files,
  };
  return { count, done: done.board };
})();
const counts: { count: Count; done: Board }[] = [main, two, none, many, invalid];

const resign = (file: Uint8Array, change: Partial<Draft>, by?: Uint8Array, officers = three): Uint8Array => {
  const read = readFile(file);
  if (read === null) throw new Error('a file');
  const draft = { ...read, ...change };
  return writeFile(
    draft,
    by ?? (draft.officer === 0 ? SERVER : (officers.keys[draft.officer - 1]?.signSecret ?? SERVER)),
  );
};
const [mix1, mix2] = main.count.mixes as [Uint8Array, Uint8Array];
const [dec1, dec3] = main.count.decryptions as [Uint8Array, Uint8Array];
const bodyOf = (file: Uint8Array): Uint8Array => readFile(file)?.body ?? filled(0, 0);
const partsOf = splitMix(bodyOf(mix1), 4, 1) as MixParts;
const set = (items: readonly Uint8Array[], at: number, value: Uint8Array): Uint8Array[] =>
  items.map((one, i) => (i === at ? value : one));
const mixWith = (change: Partial<MixParts>): Uint8Array[] => [
  resign(mix1, { body: encodeMix({ ...partsOf, ...change }) }),
  mix2,
];
const bump = (items: readonly Uint8Array[], ...by: bigint[]): Uint8Array[] =>
  items.map((one, i) => encodeScalar((decodeScalar(one) ?? 0n) + (by[i] ?? 0n)));
const place = (board: Board, officer: number): MixPlace => ({
  manifestHash: readFile(main.count.box)?.manifestHash ?? NEUTRAL,
  boxHash: board.box.hash,
  prevHash: board.head.hash,
  position: board.mixers.length + 1,
  officer,
  electionKey: board.key.electionKey,
  points: board.manifest.points,
});
const sorted = main.board.box.ballots.map((ballot) => ballot.bytes);
const boxBody = (
  records: readonly Uint8Array[],
  n = records.length,
  text = main.count.manifest,
): Uint8Array => framed('elekto/box/1', text, String(n), '', joined(records));
const reBox = (body: Uint8Array): Uint8Array => resign(main.count.box, { body });
const decBody = bodyOf(dec1);
const at = 4 + 'elekto/decrypt body/1'.length + 4;
const D = pieces(decBody.slice(at, at + 4 * 32), 32);
const decWith = (rows: readonly Uint8Array[], rest: readonly Uint8Array[]): Uint8Array =>
  resign(dec1, { body: framed('elekto/decrypt body/1', joined(rows), ...rest) });
const R1 = decBody.slice(at + 4 * 32 + 4, at + 4 * 32 + 36);
const R2 = decBody.slice(at + 4 * 32 + 40, at + 4 * 32 + 72);
const z = decBody.slice(-32);
const cheat = (order: number[], exponents: bigint[][], of = main.board.head.rows): Uint8Array =>
  resign(mix1, { body: prove(place(main.board, 2), of, order, exponents, main.board.head.rows) });
const fresh = (): bigint[][] => main.board.head.rows.map(() => [randomScalar()]);
const rows = main.board.head.rows;
const twoMix = two.count.mixes[0] as Uint8Array;
const twoPlace = (): MixPlace => ({
  ...place(two.board, 3),
  manifestHash: readFile(two.count.box)?.manifestHash ?? NEUTRAL,
});
const shared = two.board.head.rows.map(() => [randomScalar(), randomScalar()]);
shared[1] = [77n, 77n];
const permuted = two.board.head.rows.map((row, i, all) => {
  const next = all[(i + 1) % all.length] ?? row;
  const changed = { a: [row.a[0], next.a[1]], b: [row.b[0], next.b[1]] } as {
    a: typeof row.a;
    b: typeof row.b;
  };
  return { ...changed, bytes: joined([...changed.a, ...changed.b].map(encodePoint)) };
});
const separate = two.board.head.rows.map(() => [randomScalar(), randomScalar()]);
const early = mixAll(main.board, three, [2]);
const rerun = makeManifest(three.board, { run: toHex(filled(2, 16)) });
const wrongShare = must(
  writeDecryption(
    main.mixed,
    { position: 1, secret: three.shares[1]?.secret ?? 0n },
    three.keys[0]?.signSecret ?? SERVER,
  ),
);
const otherChain = mixAll(main.board, three, [2, 3]);

type Change = Partial<Omit<Count, 'name'>>;
const bad: [string, number, Change, string][] = [
  [
    'the manifest of another custody',
    0,
    { manifest: canonicalJson(manifestJson(three.board, { custody: '00'.repeat(32) })) },
    'manifest-custody',
  ],
  [
    'the manifest has another key',
    0,
    {
      manifest: canonicalJson(
        manifestJson(three.board, { publicKey: toBase64Url(encodePoint(multiplyBase(3n))) }),
      ),
    },
    'manifest-key',
  ],
  [
    'a rehearsal on the key of an election',
    0,
    { manifest: canonicalJson(manifestJson(three.board, { kind: 'rehearsal' })) },
    'manifest-kind',
  ],
  ['the manifest is not canonical', 0, { manifest: ` ${main.count.manifest}` }, 'manifest-format'],
  [
    'the manifest has no run',
    0,
    { manifest: canonicalJson(manifestJson(three.board, { run: undefined })) },
    'manifest-format',
  ],
  ['an unfinished ceremony', 0, { transcript: fileWith(json.slice(0, 5)) }, 'key-unfinished'],
  ['the box is no file', 0, { box: main.count.box.slice(1) }, 'file-format'],
  ['the box is a mix', 0, { box: mix1 }, 'file-format'],
  ['the box of another manifest', 0, { manifest: strict.text }, 'file-election'],
  ['the box of an earlier run', 0, { manifest: rerun.text }, 'file-election'],
  [
    'ballots of an earlier run in a box of this one',
    0,
    { manifest: rerun.text, box: writeBox(rerun, sorted, null, SERVER), mixes: [], decryptions: [] },
    'ballot-handle',
  ],
  ['the box is by an officer', 0, { box: resign(main.count.box, { officer: 1 }) }, 'file-officer'],
  ['the box is signed by another key', 0, { box: resign(main.count.box, {}, filled(43)) }, 'file-signature'],
  ['the box has another number', 0, { box: resign(main.count.box, { seq: 1 }) }, 'file-order'],
  [
    'the box has something before it',
    0,
    { box: resign(main.count.box, { prevHash: filled(1) }) },
    'file-previous',
  ],
  [
    'the manifest in the box is another one',
    0,
    { box: reBox(boxBody(sorted, 4, strict.text)) },
    'box-manifest',
  ],
  ['the box says another number than it holds', 0, { box: reBox(boxBody(sorted, 3)) }, 'box-format'],
  ['more ballots than electors', 0, { electors: 3 }, 'box-electors'],
  [
    'two records swapped',
    0,
    { box: reBox(boxBody([sorted[1], sorted[0], sorted[2], sorted[3]] as Uint8Array[])) },
    'box-order',
  ],
  [
    'a record twice',
    0,
    { box: reBox(boxBody([sorted[0], sorted[0], sorted[2], sorted[3]] as Uint8Array[])) },
    'box-order',
  ],
  [
    'a record with another tag',
    0,
    { box: reBox(boxBody([flip(sorted[0] as Uint8Array, 20), ...sorted.slice(1)])) },
    'ballot-proof',
  ],
  [
    'a record that is not canonical',
    0,
    { box: reBox(boxBody([...sorted.slice(0, 3), flip(sorted[3] as Uint8Array, 176, 255)])) },
    'ballot-group',
  ],
  [
    'a ballot dropped from the box after the mix',
    0,
    { box: reBox(boxBody(sorted.slice(1))) },
    'file-previous',
  ],
  ['mixes in another order', 0, { mixes: [mix2, mix1] }, 'file-order'],
  ['the first mix missing', 0, { mixes: [mix2] }, 'file-order'],
  ['a mix twice', 0, { mixes: [mix1, mix1] }, 'file-order'],
  ['a mix from another list', 0, { mixes: [mix1, resign(mix1, { seq: 2 })] }, 'file-previous'],
  ['one officer mixes twice', 0, { mixes: [mix1, resign(mix2, { officer: 2 })] }, 'mix-twice'],
  ['a mix under another name', 0, { mixes: [mix1, resign(mix2, { officer: 1 })] }, 'mix-permutation'],
  [
    'an output replaced',
    0,
    { mixes: mixWith({ rows: set(partsOf.rows, 1, second.slice(49, 113)) }) },
    'mix-permutation',
  ],
  [
    'an output doubled',
    0,
    { mixes: mixWith({ rows: set(partsOf.rows, 1, partsOf.rows[0] as Uint8Array) }) },
    'mix-permutation',
  ],
  ['an output dropped', 0, { mixes: mixWith({ rows: partsOf.rows.slice(1) }) }, 'mix-length'],
  [
    'two outputs swapped',
    0,
    {
      mixes: mixWith({ rows: [partsOf.rows[1], partsOf.rows[0], ...partsOf.rows.slice(2)] as Uint8Array[] }),
    },
    'mix-permutation',
  ],
  [
    'an output replaced, the proof made anew',
    0,
    {
      mixes: [
        cheat([0, 1, 2, 3], fresh(), [rows[0], rows[1], rows[2], many.board.head.rows[0]] as typeof rows),
        mix2,
      ],
    },
    'mix-ballots',
  ],
  [
    'a ballot doubled, the proof made anew',
    0,
    { mixes: [cheat([3, 2, 1, 0], fresh(), [rows[0], rows[0], rows[2], rows[3]] as typeof rows), mix2] },
    'mix-ballots',
  ],
  ['no permutation', 0, { mixes: [cheat([0, 1, 1, 3], fresh()), mix2] }, 'mix-permutation'],
  [
    'a ballot not re-encrypted',
    0,
    { mixes: [cheat([1, 0, 3, 2], [[0n], [1n], [2n], [3n]]), mix2] },
    'mix-linkable',
  ],
  [
    'components permuted differently',
    1,
    {
      mixes: [
        resign(twoMix, { body: prove(twoPlace(), permuted, [2, 0, 1], separate, two.board.head.rows) }),
      ],
    },
    'mix-ballots',
  ],
  [
    'one exponent for two components',
    1,
    { mixes: [resign(twoMix, { body: prove(twoPlace(), two.board.head.rows, [2, 0, 1], shared) })] },
    'mix-linkable',
  ],
  ['s1 is one more', 0, { mixes: mixWith({ responses: bump(partsOf.responses, 1n) }) }, 'mix-permutation'],
  [
    's2 is one more',
    0,
    { mixes: mixWith({ responses: bump(partsOf.responses, 0n, 1n) }) },
    'mix-permutation',
  ],
  [
    's3 is one more',
    0,
    { mixes: mixWith({ responses: bump(partsOf.responses, 0n, 0n, 1n) }) },
    'mix-permutation',
  ],
  [
    's4 is one more',
    0,
    { mixes: mixWith({ responses: bump(partsOf.responses, 0n, 0n, 0n, 1n) }) },
    'mix-ballots',
  ],
  [
    'chain equations wrong by amounts that cancel',
    0,
    { mixes: mixWith({ chainResponses: bump(partsOf.chainResponses, 5n, -5n) }) },
    'mix-permutation',
  ],
  [
    'chain equations wrong by amounts that cancel, further apart',
    0,
    { mixes: mixWith({ chainResponses: bump(partsOf.chainResponses, 5n, -10n, 0n, 5n) }) },
    'mix-permutation',
  ],
  [
    'all responses are 0',
    0,
    {
      mixes: mixWith({
        responses: bump(partsOf.responses.map(() => NEUTRAL)),
        chainResponses: partsOf.chainResponses.map(() => NEUTRAL),
        rowResponses: partsOf.rowResponses.map(() => NEUTRAL),
      }),
    },
    'mix-permutation',
  ],
  ['a neutral output', 0, { mixes: mixWith({ rows: set(partsOf.rows, 2, filled(0, 64)) }) }, 'mix-group'],
  [
    'a scalar of the proof is too large',
    0,
    { mixes: mixWith({ rowResponses: set(partsOf.rowResponses, 3, BAD_POINT) }) },
    'mix-group',
  ],
  [
    'a mix of nothing',
    2,
    {
      mixes: [
        writeFile(
          {
            kind: 'mix',
            manifestHash: readFile(none.count.box)?.manifestHash ?? NEUTRAL,
            seq: 1,
            prevHash: none.board.head.hash,
            officer: 1,
            body: filled(0, 0),
          },
          three.keys[0]?.signSecret ?? SERVER,
        ),
      ],
    },
    'mix-of-nothing',
  ],
  [
    'a decryption of nothing',
    2,
    {
      decryptions: [
        resign(dec1, {
          manifestHash: readFile(none.count.box)?.manifestHash ?? NEUTRAL,
          seq: 1,
          prevHash: none.board.head.hash,
        }),
      ],
    },
    'decryption-of-nothing',
  ],
  [
    'a decryption before enough mixes',
    0,
    { mixes: early.files, decryptions: [resign(dec1, { seq: 2, prevHash: early.board.head.hash })] },
    'decryption-early',
  ],
  [
    'a decryption of another chain of the same box',
    0,
    { decryptions: [resign(dec1, { prevHash: otherChain.board.head.hash })] },
    'file-previous',
  ],
  [
    'a decryption of another chain as if of this one',
    0,
    { mixes: otherChain.files, decryptions: [resign(dec1, { prevHash: otherChain.board.head.hash })] },
    'decryption-proof',
  ],
  ['a decryption with another share', 0, { decryptions: [wrongShare, dec3] }, 'decryption-proof'],
  [
    'a decryption under another name',
    0,
    { decryptions: [resign(dec1, { officer: 2 }), dec3] },
    'decryption-proof',
  ],
  [
    'a decryption signed by another officer',
    0,
    { decryptions: [resign(dec1, {}, three.keys[1]?.signSecret), dec3] },
    'file-signature',
  ],
  [
    'a part of a decryption replaced',
    0,
    { decryptions: [decWith(set(D, 1, D[0] as Uint8Array), [R1, R2, z]), dec3] },
    'decryption-proof',
  ],
  [
    'a part of a decryption missing',
    0,
    { decryptions: [decWith(D.slice(1), [R1, R2, z]), dec3] },
    'decryption-length',
  ],
  [
    'a neutral part',
    0,
    { decryptions: [decWith(set(D, 1, NEUTRAL), [R1, R2, z]), dec3] },
    'decryption-group',
  ],
  [
    'a response that is too large',
    0,
    { decryptions: [decWith(D, [R1, R2, BAD_POINT]), dec3] },
    'decryption-group',
  ],
  [
    'a proof of zeros',
    0,
    { decryptions: [decWith(D, [NEUTRAL, NEUTRAL, NEUTRAL]), dec3] },
    'decryption-proof',
  ],
  ['a decryption twice', 0, { decryptions: [dec1, dec1] }, 'decryption-twice'],
  ['one decryption', 0, { decryptions: [dec1] }, 'decryption-too-few'],
];
const countJson = (count: Change): Record<string, unknown> => ({
  ...(count.transcript === undefined ? {} : { transcript: count.transcript }),
  ...(count.manifest === undefined ? {} : { manifest: count.manifest }),
  ...(count.electors === undefined ? {} : { electors: count.electors }),
  ...(count.box === undefined ? {} : { box: hex(count.box) }),
  ...(count.mixes === undefined ? {} : { mixes: count.mixes.map(hex) }),
  ...(count.decryptions === undefined ? {} : { decryptions: count.decryptions.map(hex) }),
});
put('board-1.json', {
  cases: counts.map(({ count, done }) => {
    const opened = must(combine(done));
    return {
      name: count.name,
      ...countJson(count),
      boxHash: hex(readFile(count.box)?.hash ?? NEUTRAL),
      rows: opened.rows.map(({ ranks, tracker }) => ({
        tracker: tracker === null ? null : hex(tracker),
        ranks,
      })),
      invalid: opened.invalid,
    };
  }),
  bad: bad.map(([what, of, change, code]) => ({ what, case: of, change: countJson(change), code })),
});
must(openBoard(small3, three.board, 9, main.count.box));
