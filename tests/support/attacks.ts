/** Counts that somebody cheated in: a golden one with files exchanged, each signed by the key of whom it is from. */
import { createHash } from 'node:crypto';
import { canonicalJson, join, toHex } from '../../packages/wire/src/index.ts';
import type { CountInput, ShownRelease } from '../../packages/protocol/src/board/index.ts';
import { hashManifest } from '../../packages/protocol/src/manifest/index.ts';
import type { ResultsFile3 } from '../../packages/protocol/src/result/index.ts';
import {
  besideCount,
  COUNT_SECRET,
  COUNT_SERVER,
  goldenCount,
} from '../../packages/protocol/tests/support/count.ts';
import { sealWithSeed } from '../../packages/custody/src/ballot/seal.ts';
import { handleOf, splitRecord } from '../../packages/custody/src/ballot/record.ts';
import { addMix, type Board, openBoard } from '../../packages/custody/src/board/board.ts';
import { writeBox } from '../../packages/custody/src/board/box.ts';
import { decryptPlace, mixPlace } from '../../packages/custody/src/board/chain.ts';
import { readFile, writeFile } from '../../packages/custody/src/board/file.ts';
import { readManifest } from '../../packages/custody/src/board/manifest.ts';
import { finishedKey } from '../../packages/custody/src/ceremony/finished.ts';
import { signPost } from '../../packages/custody/src/ceremony/post.ts';
import { shareOf } from '../../packages/custody/src/ceremony/take-part.ts';
import { readTranscript, writeTranscript } from '../../packages/custody/src/ceremony/transcript.ts';
import { decrypt } from '../../packages/custody/src/decrypt/decrypt.ts';
import { framed } from '../../packages/custody/src/frames.ts';
import { BASE, decodePoint, encodePoint, type Point } from '../../packages/custody/src/group/point.ts';
import { decodeScalar, encodeScalar, randomScalar } from '../../packages/custody/src/group/scalar.ts';
import { encodeMix, type MixParts, splitMix } from '../../packages/custody/src/mix/body.ts';
import type { Ciphertext } from '../../packages/custody/src/mix/ciphertext.ts';
import type { MixPlace } from '../../packages/custody/src/mix/place.ts';
import { prove } from '../../packages/custody/src/mix/shuffle.ts';
import { keyOf, must } from '../../packages/custody/src/testing.ts';

export interface Attack {
  /** As the list of attacks in the design names it. */
  readonly what: string;
  readonly input: CountInput;
  /** Code of the refusal, or of the check that ends the verification. */
  readonly code: RegExp;
  /** How the sentence begins that names step and party. */
  readonly says: RegExp;
}

type Golden = ReturnType<typeof goldenCount>;
const plain = goldenCount('plain');
const none = goldenCount('no-ballots');
const file = (of: Golden, name: string): Uint8Array => of.board.get(name) as Uint8Array;

const signed = (of: Golden, changes: Partial<ResultsFile3>): CountInput => ({
  ...of,
  resultsJson: JSON.stringify(COUNT_SERVER.sign({ ...of.file, ...changes })),
});

/** With files exchanged (null: taken away) and named as the server can. */
function withFiles(
  of: Golden,
  changes: Record<string, Uint8Array | null>,
  more: Partial<ResultsFile3> = {},
): CountInput {
  const all: ReadonlyMap<string, Uint8Array | null> = new Map([...of.board, ...Object.entries(changes)]);
  const board = new Map(
    [...all].flatMap(([name, bytes]) => (bytes === null ? [] : [[name, bytes] as const])),
  );
  const kinds = ['box', 'mix', 'decrypt', 'tie'];
  const names = [...board.keys()].toSorted(
    (a, b) =>
      kinds.findIndex((kind) => a.includes(kind)) - kinds.findIndex((kind) => b.includes(kind)) ||
      a.localeCompare(b),
  );
  const list = names.map((name) => ({
    name,
    sha256: createHash('sha256')
      .update(board.get(name) as Uint8Array)
      .digest('hex'),
  }));
  return { ...signed(of, { board: list, ...more }), board };
}

const transcript = must(readTranscript(plain.transcript));
const { header, posts } = transcript;
const key = must(finishedKey(header, posts));
const secretOf = (officer: number): Uint8Array => keyOf(officer).signSecret;

const openBox = (manifestText: string, box: Uint8Array): Board =>
  must(openBoard(must(readManifest(manifestText)), key, 99, box));
const fresh = openBox(canonicalJson(plain.file.manifest), file(plain, '00-box.bin'));
const onceMixed = must(addMix(fresh, file(plain, '01-mix.bin')));
const twiceMixed = must(addMix(onceMixed, file(plain, '02-mix.bin')));
const { manifest } = fresh;
const firstMixer = fresh.mixers.length === 0 ? (onceMixed.mixers[0] as number) : 0;
const count = fresh.head.rows.length;
const cheat = [1, 2, 3].find((one) => one !== firstMixer) as number;

/** A step of a board, signed by its officer whatever is in it. */
const step = (board: Board, kind: 'mix' | 'decrypt', officer: number, body: Uint8Array): Uint8Array =>
  writeFile(
    {
      kind,
      manifestHash: Buffer.from(board.manifest.rules.manifestHash, 'hex'),
      seq: board.mixers.length + 1,
      prevHash: board.head.hash,
      officer,
      body,
    },
    secretOf(officer),
  );

const exponents = (board: Board): bigint[][] =>
  board.head.rows.map(() => Array.from({ length: board.manifest.points }, randomScalar));
const upwards = fresh.head.rows.map((_, i) => i);
const proof = (more: Partial<MixPlace> = {}): Uint8Array =>
  prove({ ...mixPlace(fresh, cheat), ...more }, fresh.head.rows, upwards, exponents(fresh));
const good = splitMix(proof(), count, 1) as MixParts;
const mixOf = (parts: Partial<MixParts>): CountInput => mixed(encodeMix({ ...good, ...parts }));
const mixed = (body: Uint8Array): CountInput =>
  withFiles(plain, { '01-mix.bin': step(fresh, 'mix', cheat, body) });
const zeros = (list: readonly Uint8Array[]): Uint8Array[] => list.map((one) => new Uint8Array(one.length));
const plus = (bytes: Uint8Array, by: bigint): Uint8Array =>
  encodeScalar((decodeScalar(bytes) as bigint) + by);
const [r1, r2, ...others] = good.rows as [Uint8Array, Uint8Array, ...Uint8Array[]];
const stranger = onceMixed.head.rows[0]?.bytes as Uint8Array;

// Ballots.
const records = fresh.box.ballots.map(({ bytes }) => bytes);
const boxOf = (list: readonly Uint8Array[]): CountInput =>
  withFiles(plain, { '00-box.bin': writeBox(manifest, list, null, COUNT_SECRET) });
/** A record with bytes exchanged and the handle that follows from it. */
function forged(record: Uint8Array, change: (bytes: Uint8Array) => void): Uint8Array {
  const bytes = Uint8Array.from(record);
  change(bytes);
  const parts = splitRecord(manifest.rules, bytes);
  bytes.set(handleOf(manifest.rules, parts?.a ?? []), 1);
  return bytes;
}
const [A, B] = [49, 49 + 32];
const randomised = forged(records[0] as Uint8Array, (bytes) => {
  const at = (from: number): Point => decodePoint(bytes.subarray(from, from + 32)) as Point;
  bytes.set(encodePoint(at(A).add(BASE.multiply(5n))), A);
  bytes.set(encodePoint(at(B).add(key.electionKey.multiply(5n))), B);
});
const ofOtherRun = must(
  sealWithSeed(
    { ...manifest.rules, manifestHash: 'ab'.repeat(32) },
    [1, 2, 3, 4],
    new Uint8Array(32),
    new Uint8Array(32).fill(9),
  ),
).record;
const withRecord = (record: Uint8Array): CountInput => boxOf([...records.slice(1), record]);

// Decryptions.
const shares = await Promise.all([1, 2, 3].map(async (n) => shareOf(header, posts, keyOf(n))));
const decrypted = (body: Uint8Array, of = twiceMixed): CountInput =>
  withFiles(plain, { '03-decrypt-01.bin': step(of, 'decrypt', 1, body) });
const otherShare = decrypt(
  decryptPlace(twiceMixed, 1),
  twiceMixed.head.rows,
  shares[2] as NonNullable<(typeof shares)[number]>,
);
const honest = readFile(file(plain, '03-decrypt-01.bin'))?.body as Uint8Array;
/** Bytes of the first part in the body: after the frame's domain and a length. */
const FIRST_PART = framed('elekto/decrypt body/1').length + 4;
const patched = (body: Uint8Array, piece: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(body);
  copy.set(piece, FIRST_PART);
  return copy;
};

// A ballot of two points: more candidates than one holds.
const names = Array.from({ length: 43 }, (_, i) => `candidate-${String(i).padStart(2, '0')}`);
const longJson = {
  ...plain.file.manifest,
  candidates: names,
  names: Object.fromEntries(names.map((name) => [name, name])),
};
const longText = canonicalJson(longJson);
const longManifest = must(readManifest(longText));
const longBox = writeBox(
  longManifest,
  Array.from(
    { length: 4 },
    (_, i) =>
      must(
        sealWithSeed(
          longManifest.rules,
          names.map((_, k) => (k + i) % 44),
          new Uint8Array(32),
          new Uint8Array(32).fill(i + 1),
        ),
      ).record,
  ),
  null,
  COUNT_SECRET,
);
const long = openBox(longText, longBox);
const own = exponents(long);
const longRows = long.head.rows;
const longMix = (rows: readonly Ciphertext[], r = own): CountInput => {
  const body = prove(mixPlace(long, cheat), rows, [2, 0, 3, 1], r, longRows);
  return withFiles(
    plain,
    { '00-box.bin': longBox, '01-mix.bin': step(long, 'mix', cheat, body) },
    { manifest: longJson, manifestHash: hashManifest(longJson) },
  );
};
const rearranged = (second: readonly number[]): Ciphertext[] =>
  longRows.map(({ a, b }, i) => {
    const other = longRows[second[i] as number] as Ciphertext;
    const row = { a: [a[0] as Point, other.a[1] as Point], b: [b[0] as Point, other.b[1] as Point] };
    return { ...row, bytes: join([...row.a, ...row.b].map(encodePoint)) };
  });

// Ceremonies.
const ceremony = (list: typeof posts): CountInput => ({
  ...plain,
  transcript: writeTranscript({ header, posts: list }),
});
const reposted = (at: number, officer: number, body: (typeof posts)[number]['body']): CountInput =>
  ceremony(posts.map((post, i) => (i === at ? signPost(header, officer, body, secretOf(officer)) : post)));
const deal = posts[1]?.body as Extract<(typeof posts)[number]['body'], { kind: 'deal' }>;
const oldDeal = signPost({ ...header, ceremonyId: new Uint8Array(32) }, 2, deal, secretOf(2));

const receipt = besideCount('plain/receipt-gone.json');
const release = JSON.parse(besideCount('plain/release.json')) as ShownRelease;

const MIX = new RegExp(`^Mix 1, officer-${cheat}: `);
const DECRYPTION = /^Decryption, officer-1: /;
/** Well signed, and no fault of who signed it. */
const MISPLACED = /^Decryption, whoever shows it: officer-1 signed it /;
const BALLOT = /^Ballot, with the handle [0-9a-f]{32}: /;
const BOX = /^Box, the server: /;
const PROOF = /^mix-(permutation|ballots)$/;
const attack = (what: string, input: CountInput, code: RegExp, says: RegExp): Attack => ({
  what,
  input,
  code,
  says,
});

export const ATTACKS: readonly Attack[] = [
  attack('an output replaced', mixOf({ rows: [stranger, r2, ...others] }), PROOF, MIX),
  attack('an output doubled', mixOf({ rows: [r2, r2, ...others] }), PROOF, MIX),
  attack('an output dropped', mixOf({ rows: [r2, ...others] }), /^mix-length$/, MIX),
  attack('two outputs swapped with the proof unchanged', mixOf({ rows: [r2, r1, ...others] }), PROOF, MIX),
  attack(
    'a ballot replaced, and the proof made anew for it',
    mixed(
      prove(
        mixPlace(fresh, cheat),
        fresh.head.rows.map((row, i) => (i === 2 ? (onceMixed.head.rows[0] as Ciphertext) : row)),
        upwards,
        exponents(fresh),
        fresh.head.rows,
      ),
    ),
    /^mix-ballots$/,
    MIX,
  ),
  attack(
    'a ballot taken twice, and the proof made anew for it',
    mixed(
      prove(
        mixPlace(fresh, cheat),
        fresh.head.rows,
        upwards.map((i) => (i === 2 ? 1 : i)),
        exponents(fresh),
      ),
    ),
    /^mix-permutation$/,
    MIX,
  ),
  attack('a proof of another election', mixed(proof({ manifestHash: new Uint8Array(32) })), PROOF, MIX),
  attack('a proof of another position', mixed(proof({ position: 2 })), PROOF, MIX),
  attack('a proof of another officer', mixed(proof({ officer: firstMixer })), PROOF, MIX),
  attack('a proof of another box', mixed(proof({ boxHash: new Uint8Array(32) })), PROOF, MIX),
  attack(
    'a mix out of order',
    withFiles(plain, { '02-mix.bin': step(fresh, 'mix', cheat, proof()) }),
    /^board-misnamed$/,
    /02-mix\.bin .* whoever wrote results\.json/,
  ),
  attack('a mix left out', withFiles(plain, { '02-mix.bin': null }), /^file-order$/, MISPLACED),
  attack(
    'two mixes by one officer',
    withFiles(plain, {
      '02-mix.bin': step(
        onceMixed,
        'mix',
        firstMixer,
        prove(mixPlace(onceMixed, firstMixer), onceMixed.head.rows, upwards, exponents(onceMixed)),
      ),
    }),
    /^mix-twice$/,
    new RegExp(`^Mix 2, officer-${firstMixer}: `),
  ),
  attack(
    'a mix of nothing',
    withFiles(none, {
      '01-mix.bin': step(
        openBox(canonicalJson(none.file.manifest), file(none, '00-box.bin')),
        'mix',
        1,
        proof(),
      ),
    }),
    /^mix-of-nothing$/,
    /^Mix 1, officer-1: /,
  ),
  attack(
    'errors in the chain that cancel',
    mixOf({ chainResponses: good.chainResponses.map((one, i) => plus(one, [9n, -9n][i] ?? 0n)) }),
    /^mix-permutation$/,
    MIX,
  ),
  attack(
    'responses that are zero, points that are neutral',
    mixOf({
      permutation: zeros(good.permutation),
      chain: zeros(good.chain),
      chainTs: zeros(good.chainTs),
      ts: zeros(good.ts),
      responses: zeros(good.responses),
      chainResponses: zeros(good.chainResponses),
      rowResponses: zeros(good.rowResponses),
    }),
    /^mix-permutation$/,
    MIX,
  ),
  attack('a neutral ciphertext in a mix', mixOf({ rows: zeros(good.rows) }), /^mix-group$/, MIX),
  attack(
    'an encoding in a mix that is not canonical',
    mixOf({ chain: good.chain.map(() => new Uint8Array(32).fill(255)) }),
    /^mix-group$/,
    MIX,
  ),
  attack('components in different orders', longMix(rearranged([1, 0, 2, 3])), /^mix-ballots$/, MIX),
  attack('a component copied from another voter', longMix(rearranged([0, 0, 2, 3])), /^mix-ballots$/, MIX),
  attack(
    'one exponent for two components',
    longMix(
      longRows,
      own.map((one, i) => (i === 1 ? [7n, 7n] : one)),
    ),
    /^mix-linkable$/,
    MIX,
  ),
  attack('a re-randomised copy of another’s ballot', withRecord(randomised), /^ballot-proof$/, BALLOT),
  attack('another’s ballot as it is', boxOf([...records, records[0] as Uint8Array]), /^box-order$/, BOX),
  attack('a ballot of another run', withRecord(ofOtherRun), /^ballot-handle$/, BALLOT),
  attack(
    'a ballot of another run with a fitting handle',
    withRecord(forged(ofOtherRun, () => undefined)),
    /^ballot-proof$/,
    BALLOT,
  ),
  attack(
    'a ballot of random bytes',
    withRecord(forged(records[0] as Uint8Array, (bytes) => void bytes.fill(119, 49))),
    /^ballot-group$/,
    BALLOT,
  ),
  attack(
    'a neutral ballot',
    withRecord(forged(records[0] as Uint8Array, (bytes) => void bytes.fill(0, 49))),
    /^ballot-group$/,
    BALLOT,
  ),
  attack('more ballots than electors', signed(plain, { eligible: count - 1 }), /^box-electors$/, BOX),
  attack('a decryption with another share', decrypted(otherShare), /^decryption-proof$/, DECRYPTION),
  attack(
    'a part of a decryption exchanged',
    decrypted(patched(honest, stranger.subarray(0, 32))),
    /^decryption-proof$/,
    DECRYPTION,
  ),
  attack(
    'a neutral part of a decryption',
    decrypted(patched(honest, new Uint8Array(32))),
    /^decryption-group$/,
    DECRYPTION,
  ),
  attack(
    'a part of a decryption that is not canonical',
    decrypted(patched(honest, new Uint8Array(32).fill(255))),
    /^decryption-group$/,
    DECRYPTION,
  ),
  attack(
    'a decryption of a list before the last mix',
    withFiles(plain, {
      '03-decrypt-01.bin': writeFile(
        {
          ...(readFile(file(plain, '03-decrypt-01.bin')) as NonNullable<ReturnType<typeof readFile>>),
          prevHash: onceMixed.head.hash,
        },
        secretOf(1),
      ),
    }),
    /^file-previous$/,
    MISPLACED,
  ),
  attack(
    'a decryption after too few mixes',
    withFiles(plain, {
      '02-mix.bin': null,
      '03-decrypt-01.bin': null,
      '03-decrypt-03.bin': null,
      '02-decrypt-01.bin': step(onceMixed, 'decrypt', 1, honest),
    }),
    /^decryption-early$/,
    DECRYPTION,
  ),
  attack(
    'fewer officers than the threshold',
    withFiles(plain, { '03-decrypt-01.bin': null }),
    /^decryption-too-few$/,
    /^Combination, the officers: /,
  ),
  attack(
    'two boxes',
    { ...plain, boxesOnBranch: [toHex(fresh.box.hash), 'f'.repeat(64)] },
    /^two-boxes$/,
    /^Another box .* whoever merged it/,
  ),
  attack(
    'a box that is not on the branch',
    { ...plain, boxesOnBranch: [] },
    /^box-not-on-branch$/,
    /this box .* the server shows/,
  ),
  attack(
    'an election counted as a rehearsal',
    signed(plain, { manifest: { ...plain.file.manifest, kind: 'rehearsal' } }),
    /^manifest-kind$/,
    /^Manifest, whoever opened the election: /,
  ),
  attack(
    'a deal of an earlier ceremony',
    ceremony(posts.map((post, i) => (i === 1 ? oldDeal : post))),
    /^post-signature$/,
    /^Ceremony, whoever wrote it down: .*officer-2/,
  ),
  attack(
    'a deal with a false proof',
    reposted(1, 2, { ...deal, proof: zeros([deal.proof])[0] as Uint8Array }),
    /^deal-proof$/,
    /^Deal, officer-2: /,
  ),
  attack(
    'a false complaint in a custody file',
    ceremony([...posts, signPost(header, 3, { kind: 'complaint', dealer: 2 }, secretOf(3))]),
    /^transcript-extra$/,
    /^Ceremony, whoever wrote the custody file: /,
  ),
  attack(
    'a confirmation of other deals',
    reposted(4, 2, { kind: 'confirm', transcript: new Uint8Array(32) }),
    /^confirm-differs$/,
    /^Confirm, officer-2: /,
  ),
  attack(
    'a ballot dropped by a server that shows no release',
    { ...plain, receipt, released: () => Promise.resolve(null) },
    /^receipt-dropped$/,
    /server dropped it/,
  ),
  attack(
    'a ballot dropped by a server that shows a release nobody signed',
    {
      ...plain,
      receipt,
      released: () => Promise.resolve({ ...release, release: 'A'.repeat(86) }),
    },
    /^receipt-dropped$/,
    /server dropped it/,
  ),
];

/** Counts with which nothing is wrong, by the same means: what is refused above is refused for what was done. */
export const HONEST: readonly (readonly [string, CountInput])[] = [
  ['a count', plain],
  ['an officer who never comes', withFiles(plain, {})],
  ['a ballot that its voter replaced', { ...plain, receipt, released: () => Promise.resolve(release) }],
];

/** Of the same means, a mix of two components that is no cheat gets past its own line. */
export const LONG_AND_HONEST: CountInput = longMix(longRows);
