/**
 * `npm run bench:custody -- [ballots] [candidates]`: what each step of custody costs, CPU milliseconds a ballot on one thread,
 * beside the bare multi-scalar multiplication of the same points in the same run.
 */
import { pippenger } from '@noble/curves/abstract/curve.js';
import { ristretto255 } from '@noble/curves/ed25519.js';
import { checkBallot, checkBallots, combine, openBoard, sealBallot, writeBox } from '../src/index.ts';
import { addDecryption, addMix, writeDecryption, writeMix } from '../src/board/board.ts';
import { boardOf, makeManifest, makeOfficers, SERVER } from '../src/board/testing.ts';
import { decodeFast } from '../src/group/decode-fast.ts';
import { generators } from '../src/group/generators.ts';
import { sumOfProducts } from '../src/group/msm.ts';
import { encodePoint, type Point } from '../src/group/point.ts';
import { randomScalar } from '../src/group/scalar.ts';
import { must } from '../src/testing.ts';

const count = Number(process.argv[2] ?? 1000);
const candidates = Number(process.argv[3] ?? 12);
const cpu = (): number => process.cpuUsage().user / 1000;
const figures: [string, number, number][] = [];

/** Runs a step once, and notes its CPU time, without the system's. */
function time<T>(name: string, step: () => T, per = count): T {
  const before = cpu();
  const value = step();
  const spent = cpu() - before;
  figures.push([name, spent / per, spent]);
  return value;
}

const officers = await makeOfficers(3, 2);
const names = Array.from({ length: candidates }, (_, i) => `candidate-${i}`);
const manifest = makeManifest(officers.board, { candidates: names });
const binding = new Uint8Array(32).fill(1);
const ranks = (i: number): number[] => names.map((_, at) => (i * 7 + at * (i % 5)) % (candidates + 1));

// Warm-up: compiled code, tables and generators.
{
  const few = Array.from(
    { length: 40 },
    (_, i) => must(sealBallot(manifest.rules, ranks(i), binding)).record,
  );
  const { board } = boardOf(manifest, officers.board, few);
  must(addMix(board, must(writeMix(board, 1, officers.keys[0]?.signSecret ?? SERVER))));
}

const records = time('seal a ballot, with its proof', () =>
  Array.from({ length: count }, (_, i) => must(sealBallot(manifest.rules, ranks(i), binding)).record),
);
const some = records.slice(0, 100);
time(
  'check one ballot by itself',
  () => some.forEach((record) => must(checkBallot(manifest.rules, record))),
  100,
);
time('check ballots together', () => must(checkBallots(manifest.rules, records)));
const box = writeBox(manifest, records, null, SERVER);
let board = time('check the whole box', () => must(openBoard(manifest, officers.board, count, box)));
time('generators (once a computer)', () => generators(count + 1));
for (const position of [1, 2]) {
  const secret = officers.keys[position - 1]?.signSecret ?? SERVER;
  const before = board;
  const file = time(`mix ${position}, with its proof`, () => must(writeMix(before, position, secret)));
  board = time(`check mix ${position}`, () => must(addMix(before, file)));
}
for (const position of [1, 3]) {
  const [secret, share] = [officers.keys[position - 1]?.signSecret, officers.shares[position - 1]];
  if (secret === undefined || share === undefined) throw new Error('an officer');
  const before = board;
  const file = time(`decryption of officer ${position}`, () => must(writeDecryption(before, share, secret)));
  board = time(`check decryption of officer ${position}`, () => must(addDecryption(before, file)));
}
const complete = board;
const opened = time('combine and decode', () => must(combine(complete)));
if (opened.rows.length !== count) throw new Error('the ballots that were cast are not those that came out');

// The reference: as many points and scalars as the one sum that checks a mix has, nothing else.
const w = manifest.points;
const points: Point[] = [
  ...generators(count + 1),
  ...board.head.rows.flatMap(({ a, b }) => [...a, ...b]),
  ...board.box.ballots.flatMap(({ a, b, commitments }) => [...a, ...b, ...commitments]),
];
while (points.length < (4 * w + 4) * count)
  points.push(decodeFast(encodePoint(points[points.length % count] as Point)) as Point);
const same = points.slice(0, (4 * w + 4) * count);
const scalars = same.map(() => randomScalar());
const ours = time('bare sum of the points of one mix check', () => sumOfProducts(same, scalars));
const theirs = time('the same by noble-curves', () => pippenger(ristretto255.Point, same, scalars));
if (!ours.equals(theirs)) throw new Error('the two sums differ');
time('bare decoding of the points of a mix (5 a ballot)', () =>
  same.slice(0, count).forEach((point) => {
    const bytes = encodePoint(point);
    for (let i = 0; i < 4; i += 1) decodeFast(bytes);
  }),
);

process.stdout.write(
  `${count} ballots, ${candidates} candidates, ${w} point(s) a ballot, ${officers.keys.length} officers, Node ${process.version}\n`,
);
for (const [name, per, whole] of figures)
  process.stdout.write(
    `${name.padEnd(52)} ${per.toFixed(3).padStart(8)} ms a ballot ${(1000 / per).toFixed(0).padStart(8)} /s ${whole.toFixed(0).padStart(8)} ms\n`,
  );
