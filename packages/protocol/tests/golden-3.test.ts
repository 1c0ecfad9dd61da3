/** Golden counts by officers, whole folders, read by a second verifier that was written from the specification alone. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CountInput } from '@elekto/protocol/board';
import type { ResultsFile3 } from '@elekto/protocol/result';
import { toHex } from '@elekto/wire';
import { sha256 } from '@noble/hashes/sha2.js';
import { afterAll, describe, expect, it } from 'vitest';
import { besideCount, COUNT_SERVER, endOf, goldenCount } from './support/count.ts';

const FOLDER = fileURLToPath(new URL('second-verifier/folder.py', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'elekto-golden-3-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const python = spawnSync('python3', ['--version']);
let folders = 0;

/** A folder with these files, and what a voter shows beside it, as words for the second verifier. */
function words({ resultsJson, ballotsCsv, transcript, board }: CountInput, ...receipt: string[]): string[] {
  const folder = join(dir, String((folders += 1)));
  mkdirSync(join(folder, 'board'), { recursive: true });
  writeFileSync(join(folder, 'results.json'), resultsJson);
  writeFileSync(join(folder, 'ballots.csv'), ballotsCsv ?? '');
  writeFileSync(join(folder, 'board/custody.json'), transcript);
  for (const [name, bytes] of board) writeFileSync(join(folder, 'board', name), bytes);
  const shown = receipt.map((text, i) => {
    const file = join(folder, `${i}.json`);
    writeFileSync(file, text);
    return file;
  });
  return shown.length === 0 ? [folder] : [folder, '--receipt', ...shown];
}

/** What the second verifier says of these folders; with a voter's receipt, what became of its ballot. Started once: it keeps what it has found of a point or a signature. */
function second(...all: readonly string[][]): string[] {
  const file = join(dir, `${folders}.jsonl`);
  writeFileSync(file, all.map((each) => `${JSON.stringify(each)}\n`).join(''));
  const ran = spawnSync('python3', [FOLDER, '--batch', file], { encoding: 'utf8' });
  expect(ran.stderr).toBe('');
  return ran.stdout.trimEnd().split('\n');
}

type Golden = ReturnType<typeof goldenCount>;
const [plain, tied, none] = ['plain', 'tie-decided', 'no-ballots'].map(goldenCount) as [
  Golden,
  Golden,
  Golden,
];
/** The same with results.json changed and signed anew, as the server could. */
const signed = (of: Golden, changes: Partial<ResultsFile3>): CountInput => ({
  ...of,
  resultsJson: JSON.stringify(COUNT_SERVER.sign({ ...of.file, ...changes })),
});
/** The same with one file of the board changed and named so by the server; null takes it away. */
function withFile(of: Golden, name: string, bytes: Uint8Array | null): CountInput {
  const board = new Map(of.board);
  if (bytes === null) board.delete(name);
  else board.set(name, bytes);
  const list = of.file.board
    .filter((one) => board.has(one.name))
    .map((one) => ({ name: one.name, sha256: toHex(sha256(board.get(one.name) ?? new Uint8Array())) }));
  return { ...signed(of, { board: list }), board };
}
const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, i) => (i === (at + bytes.length) % bytes.length ? byte ^ 1 : byte));
const fileOf = (of: Golden, name: string): Uint8Array => of.board.get(name) ?? new Uint8Array();
const rows = (plain.ballotsCsv ?? '').trimEnd().split('\n');
const csv = (lines: readonly (string | undefined)[]): string => `${lines.join('\n')}\n`;

describe.skipIf(python.status !== 0)('a golden count by officers', () => {
  it('is whole by a second verifier, and what became of a ballot is told by its receipt', () => {
    const beside = (name: string): string => besideCount(`plain/${name}`);
    const forged = beside('release.json').replace(/"release": "./, '"release": "_');
    const said = second(
      words(plain),
      words(tied),
      words(none),
      words(plain, beside('receipt.json')),
      words(plain, beside('receipt-gone.json'), beside('release.json')),
      words(plain, beside('receipt-gone.json')),
      words(plain, beside('receipt-gone.json'), forged),
      words(tied, beside('receipt.json')),
    );
    const counts = ['ok', 'ok', 'ok'];
    expect(said).toEqual([...counts, 'ok in the box', 'ok released', 'ok dropped', 'ok dropped', 'receipt']);
  });

  const cases: readonly (readonly [string, CountInput])[] = [
    ...[...tied.board.keys()].flatMap((name) => [
      [`${name} signed by nobody`, withFile(tied, name, flipped(fileOf(tied, name), -1))] as const,
      [`${name} of another body`, withFile(tied, name, flipped(fileOf(tied, name), -70))] as const,
      [`${name} not there`, withFile(tied, name, null)] as const,
    ]),
    [
      'another file in the place of one',
      { ...tied, board: new Map([...tied.board, ['01-mix.bin', fileOf(tied, '02-mix.bin')]]) },
    ],
    [
      'a file that no result names',
      {
        ...plain,
        board: new Map([...plain.board, ['03-decrypt-02.bin', fileOf(plain, '03-decrypt-01.bin')]]),
      },
    ],
    ['the board of another count', { ...plain, board: tied.board }],
    ['a mix exchanged with the next', withFile(plain, '01-mix.bin', fileOf(plain, '02-mix.bin'))],
    ['files in another order', signed(plain, { board: plain.file.board.toReversed() })],
    [
      'a custody file with a letter changed',
      { ...plain, transcript: plain.transcript.replace('officer-1', 'officer-9') },
    ],
    ['no invalid ballot', signed(plain, { invalid: 0 })],
    ['one ballot more', signed(plain, { cast: plain.file.cast + 1 })],
    ['fewer electors than ballots', signed(plain, { eligible: 5 })],
    ['another threshold', signed(plain, { manifest: { ...plain.file.manifest, threshold: 3 } })],
    ['other officers', signed(plain, { manifest: { ...plain.file.manifest, officers: ['a', 'b', 'c'] } })],
    ['another run', signed(plain, { manifest: { ...plain.file.manifest, run: '0'.repeat(32) } })],
    ['two rows exchanged', { ...plain, ballotsCsv: csv([rows[0], rows[2], rows[1], ...rows.slice(3)]) }],
    ['a row left out', { ...plain, ballotsCsv: csv(rows.slice(0, -1)) }],
    [
      'a tie decided by others',
      signed(tied, {
        tieDecisions: tied.file.tieDecisions.map((one) => ({ ...one, by: 'officer-1, officer-3' })),
      }),
    ],
    [
      'a tie decided otherwise',
      signed(tied, { tieDecisions: tied.file.tieDecisions.map((one) => ({ ...one, how: 'By age.' })) }),
    ],
    ['a tie undecided', signed(tied, { tieDecisions: [] })],
    [
      'signed by nobody',
      { ...plain, resultsJson: plain.resultsJson.replace('"closedAt": 1', '"closedAt": 2') },
    ],
  ];

  it('is refused by both verifiers when one thing in it is changed, and for the same where the board itself tells', async () => {
    const told: (readonly [string, string, string])[] = [];
    const said = second(...cases.map(([, input]) => words(input)));
    expect(said).toHaveLength(cases.length);
    for (const [i, [name, input]] of cases.entries()) told.push([name, said[i] ?? '', await endOf(input)]);
    expect(told.filter(([, mine, library]) => mine.startsWith('ok') || library === 'ok')).toEqual([]);
    // A code of the specification has a hyphen and begins with what it is about.
    const codes = told.filter(([, , library]) => /^(box|file|mix|decryption|decision)-/.test(library));
    expect(codes.length).toBeGreaterThan(5);
    expect(codes.map(([name, mine]) => `${name}: ${mine}`)).toEqual(
      codes.map(([name, , library]) => `${name}: ${library}`),
    );
  });
});
