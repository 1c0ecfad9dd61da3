/** What somebody on the board could do with the golden count, signed again by whoever did it, and by the server that goes along with it. */
import {
  addMix,
  finishedKey,
  openBoard,
  readFile,
  readManifest,
  readTranscript,
  recordBytes,
  shareOf,
} from '@elekto/custody';
import { keyOf, must } from '@elekto/custody/testing';
import { canonicalJson, compareBytes, framed, join, toHex } from '@elekto/wire';
import { sha256 } from '@noble/hashes/sha2.js';
import { sign } from 'node:crypto';
import {
  ballotOfAnotherRun,
  decryptionWith,
  mixForAnother,
  rerandomisedCopy,
} from '../../../custody/tests/false-steps.ts';
import { COUNT_SECRET, COUNT_SERVER, goldenCount } from './count.ts';
import { falseMixes, twoPoints } from './two-points.ts';
import { privateKeyOf } from './golden.ts';

const plain = goldenCount('plain');
const none = goldenCount('no-ballots');
const KEPT = 'elekto/board/1';
/** A length of four bytes stands before each part of a frame. */
const LENGTH = 4;

/** What becomes of a body: changed where it stands, or another one. */
type Change = ((body: Uint8Array) => void) | Uint8Array;

function fileOf(name: string, of = plain) {
  const file = readFile(of.board.get(name) ?? new Uint8Array());
  if (file === null) throw new Error(`${name} is no file of a board`);
  return file;
}

/** The file with its body changed, and signed again in the same place or another. */
function signedAgain(
  name: string,
  change: Change,
  place: Partial<ReturnType<typeof fileOf>> = {},
): Uint8Array {
  const { kind, manifestHash, seq, prevHash, officer, body: before } = { ...fileOf(name), ...place };
  const body = Uint8Array.from(typeof change === 'function' ? before : change);
  if (typeof change === 'function') change(body);
  const frame = (last: Uint8Array): Uint8Array =>
    framed(KEPT, kind, manifestHash, String(seq), prevHash, String(officer), last);
  const secret = officer === 0 ? COUNT_SECRET : keyOf(officer).signSecret;
  return join([frame(body), sign(null, frame(sha256(body)), privateKeyOf(Buffer.from(secret)))]);
}

/** Where the first list of a body begins. */
const start = (domain: string): number => LENGTH + domain.length + LENGTH;
const MIX = start('elekto/mix body/1');
const DECRYPT = start('elekto/decrypt body/1');
/** An encrypted ballot of one point, and a point. */
const [ROW, POINT] = [64, 32];
/** How many there are, and the bytes of a record. */
const [BALLOTS, RECORD] = [plain.file.cast, recordBytes(1)];

const exchange =
  (at: number, size: number) =>
  (body: Uint8Array): void => {
    const first = body.slice(at, at + size);
    body.copyWithin(at, at + size, at + 2 * size);
    body.set(first, at + size);
  };
const double =
  (at: number, size: number) =>
  (body: Uint8Array): void =>
    void body.copyWithin(at + size, at, at + size);

export interface Cheat {
  readonly what: string;
  readonly file: string;
  /** Names the step and whose doing it is. */
  readonly sentence: string;
  readonly bytes: Uint8Array;
  /** The count that it is done to, where that is not the golden one. */
  readonly of?: Of;
}
type Of = Pick<typeof plain, 'board' | 'file'>;

const cheat = (what: string, file: string, change: Change, sentence: string): Cheat => ({
  ...{ what, file, sentence },
  bytes: signedAgain(file, change),
});
const NO_ORDER = 'Mix 1, officer-3: its proof does not hold: what it commits to is no order of the ballots.';
const NOT_CANONICAL =
  'Mix 2, officer-1: it holds an encoding that is not canonical, or a neutral ciphertext.';
const NO_PROOF =
  'its proof does not hold: whoever made it does not know what is in it, or it was made for another election.';
const otherShare = (officer: number): string =>
  `Decryption, officer-${officer}: its proof does not hold: it was not made with the share of this officer.`;

/** The golden count before each of its steps, for who has a key of it and makes something else in its place. */
const ceremony = must(readTranscript(plain.transcript));
const key = must(finishedKey(ceremony.header, ceremony.posts));
const manifest = must(readManifest(canonicalJson(plain.file.manifest)));
const opened = must(
  openBoard(manifest, key, plain.file.eligible, plain.board.get('00-box.bin') ?? new Uint8Array()),
);
const mixed = ['01-mix.bin', '02-mix.bin'].reduce(
  (board, name) => must(addMix(board, plain.board.get(name) ?? new Uint8Array())),
  opened,
);
const shareAt = async (officer: number) => {
  const share = await shareOf(ceremony.header, ceremony.posts, keyOf(officer));
  if (share === null) throw new Error('a share');
  return share;
};
const shares = { 1: await shareAt(1), 2: await shareAt(2) };

/** The box of the server who puts a ballot in the place of its last one. */
function boxWith(record: Uint8Array): Change {
  return (body) => {
    const at = body.length - BALLOTS * RECORD;
    const records = Array.from({ length: BALLOTS - 1 }, (_, i) =>
      body.slice(at + i * RECORD, at + (i + 1) * RECORD),
    );
    const handle = (one: Uint8Array): Uint8Array => one.subarray(1, 17);
    const sorted = [...records, record].toSorted((one, other) => compareBytes(handle(one), handle(other)));
    body.set(join(sorted), at);
  };
}
const handleIn = (record: Uint8Array): string => toHex(record.subarray(1, 17));
const [voted] = opened.box.ballots.map(({ bytes }) => bytes);
const copied = rerandomisedCopy(manifest.rules, voted ?? new Uint8Array());
const replayed = ballotOfAnotherRun(manifest.rules, [1, 2, 3, 4]);
const twoPointMixes = falseMixes();

export const CHEATS: readonly Cheat[] = [
  cheat('the proof of another place in the chain', '01-mix.bin', fileOf('02-mix.bin').body, NO_ORDER),
  cheat(
    'the mix of another election with the same ballots',
    '01-mix.bin',
    mixForAnother(opened, 3),
    NO_ORDER,
  ),
  {
    ...{ what: 'a mix out of order, of the box instead of the mix before it', file: '02-mix.bin' },
    sentence: 'Mix 2, whoever shows it: officer-1 signed it to follow another file than the one before it.',
    bytes: signedAgain('02-mix.bin', fileOf('02-mix.bin').body, { prevHash: fileOf('00-box.bin').hash }),
  },
  {
    ...{ what: 'a mix of a box without ballots', file: '01-mix.bin', of: none },
    sentence: 'Mix 1, officer-3: there are no ballots, and nothing is not mixed.',
    bytes: signedAgain('01-mix.bin', fileOf('01-mix.bin').body, {
      manifestHash: fileOf('00-box.bin', none).manifestHash,
      prevHash: fileOf('00-box.bin', none).hash,
    }),
  },
  cheat(
    'responses of a mix that are all zero',
    '02-mix.bin',
    (body) => void body.fill(0, body.length - POINT * BALLOTS),
    NO_ORDER.replace('1, officer-3', '2, officer-1'),
  ),
  cheat(
    'the decryption for another election of the same ballots',
    '03-decrypt-01.bin',
    decryptionWith(mixed, 1, shares[1], new Uint8Array(32)),
    otherShare(1),
  ),
  cheat(
    'a ballot that is twice in the box',
    '00-box.bin',
    (body) => void body.copyWithin(body.length - RECORD, body.length - 2 * RECORD, body.length - RECORD),
    'Box, the server: its records are not in the order of their handles, each one once.',
  ),
  cheat('two ballots exchanged by a mixer, the proof unchanged', '01-mix.bin', exchange(MIX, ROW), NO_ORDER),
  cheat('one ballot doubled and another dropped by a mixer', '01-mix.bin', double(MIX, ROW), NO_ORDER),
  cheat(
    'a ballot replaced by an encoding that is none',
    '02-mix.bin',
    (body) => void body.fill(255, MIX, MIX + POINT),
    NOT_CANONICAL,
  ),
  cheat(
    'a ballot replaced by the neutral element',
    '02-mix.bin',
    (body) => void body.fill(0, MIX, MIX + POINT),
    NOT_CANONICAL,
  ),
  cheat(
    'the decryption of one ballot given for another',
    '03-decrypt-01.bin',
    exchange(DECRYPT, POINT),
    otherShare(1),
  ),
  cheat(
    'a decryption with another officer\u2019s share',
    '03-decrypt-03.bin',
    decryptionWith(mixed, 3, shares[2]),
    otherShare(3),
  ),
  cheat(
    'a re-randomised copy of another\u2019s ballot',
    '00-box.bin',
    boxWith(copied),
    `Ballot, with the handle ${handleIn(copied)}: ${NO_PROOF}`,
  ),
  cheat(
    'a ballot of another run of the election',
    '00-box.bin',
    boxWith(replayed),
    `Ballot, with the handle ${handleIn(replayed)}: ${NO_PROOF}`,
  ),
  cheat(
    'a ballot of the box changed by the server',
    '00-box.bin',
    (body) => {
      body[body.length - 2] = (body.at(-2) ?? 0) ^ 1;
    },
    'Ballot, with the handle f99b724a344ef3809e2c3cd9cbbfbc28: its proof does not hold: whoever made it does not know what is in it, or it was made for another election.',
  ),
  {
    what: 'parts of two ballots exchanged by a mixer, who proves what came of it',
    file: '01-mix.bin',
    sentence: 'Mix 1, officer-3: its proof does not hold: the ballots that leave it are not those that came.',
    bytes: twoPointMixes.exchanged,
    of: twoPoints,
  },
  {
    what: 'one exponent for two parts of a ballot',
    file: '01-mix.bin',
    sentence:
      'Mix 1, officer-3: part of a ballot leaves it as it came, or two parts were changed alike, so that anybody can follow that ballot.',
    bytes: twoPointMixes.linkable,
    of: twoPoints,
  },
];

/** The files of the count with one of them in the place of the true one, and results.json naming it. */
export function cheated({ file, bytes, of = plain }: Cheat): {
  readonly board: ReadonlyMap<string, Uint8Array>;
  readonly resultsJson: string;
} {
  const board = new Map([...of.board, [file, bytes]]);
  const names = [...board].map(([name, content]) => ({ name, sha256: toHex(sha256(content)) }));
  const resultsJson = JSON.stringify(COUNT_SERVER.sign({ ...of.file, board: names }));
  return { board, resultsJson };
}
