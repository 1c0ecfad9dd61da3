import {
  type BoardFile,
  type BoardManifest,
  combine,
  fileName,
  finishedKey,
  openBoard,
  readFile,
  readManifest,
  readTranscript,
  writeBox,
  writeTie,
} from '@elekto/custody';
import { keyOf, must } from '@elekto/custody/testing';
import { decisionsIn, lookUpReceipt, resultOf, verifyCount } from '@elekto/protocol/board';
import type { Counted, CountInput, ReceiptQuestion, ShownRelease } from '@elekto/protocol/board';
import { hashManifest } from '@elekto/protocol/manifest';
import { readResults, verifyResults } from '@elekto/protocol/result';
import type { ResultsFile3 } from '@elekto/protocol/result';
import { canonicalJson, toHex } from '@elekto/wire';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { checkOwn } from '../src/board/check-box.ts';
import type { Tampered } from './support/cases.ts';
import { CHEATS, cheated } from './support/cheats.ts';
import { first, second } from './support/second-verifier.ts';
import { besideCount, checksOf, COUNT_SECRET, COUNT_SERVER, endOf, goldenCount } from './support/count.ts';

const plain = goldenCount('plain');
const tied = goldenCount('tie-decided');
const none = goldenCount('no-ballots');

/** The same with results.json changed and signed anew, as the server could. */
const signed = (of: typeof plain, changes: Partial<ResultsFile3>): CountInput => ({
  ...of,
  resultsJson: JSON.stringify(COUNT_SERVER.sign({ ...of.file, ...changes })),
});

/** The same with files of the board changed (null: taken away), named in a results.json that is signed anew. */
function withFiles(
  of: typeof plain,
  changes: Readonly<Record<string, Uint8Array | null>>,
  more: Partial<ResultsFile3> = {},
): CountInput {
  const board = new Map(of.board);
  for (const [name, bytes] of Object.entries(changes))
    if (bytes === null) board.delete(name);
    else board.set(name, bytes);
  const known = of.file.board.filter(({ name }) => board.has(name)).map(({ name }) => name);
  const names = [...known, ...[...board.keys()].filter((name) => !known.includes(name))];
  const list = names.map((name) => ({ name, sha256: toHex(sha256(board.get(name) ?? new Uint8Array())) }));
  return { ...signed(of, { board: list, ...more }), board };
}

const boardOf = (of: typeof plain) => {
  const transcript = must(readTranscript(of.transcript));
  const key = must(finishedKey(transcript.header, transcript.posts));
  const manifest: BoardManifest = must(readManifest(canonicalJson(of.file.manifest)));
  return { manifest, key, box: of.board.get('00-box.bin') ?? new Uint8Array() };
};

const file = (of: typeof plain, name: string): Uint8Array => of.board.get(name) ?? new Uint8Array();

describe('a count by officers', () => {
  it('verifies from files alone, one line for each step', async () => {
    expect((await checksOf(plain)).map(({ name, ok }) => `${name} ${String(ok)}`)).toEqual(
      [
        ...['format', 'files', 'ceremony', 'ceremony', 'box', 'mix', 'mix', 'decryption', 'decryption'],
        ...[
          'combination',
          'manifest',
          'ballots',
          'count',
          'root',
          'pairwise',
          'recount',
          'ties',
          'signature',
        ],
      ].map((name) => `${name} true`),
    );
    expect(plain.file).toMatchObject({ cast: 6, invalid: 1 });
    expect(await endOf(tied)).toBe('ok');
    expect(tied.file.tieDecisions).toMatchObject([{ winners: ['grace'], by: 'officer-1, officer-2' }]);
    expect(await endOf(none)).toBe('ok');
    expect(await endOf({ ...plain, ballotsCsv: null })).toBe('ok');
  });

  it('is made from what the server knows and the files', () => {
    const { manifest, key, box } = boardOf(none);
    const board = must(openBoard(manifest, key, 99, box));
    const { signature: _, ...unsigned } = none.file;
    const count = { board, opened: must(combine(board)), files: none.board };
    expect(resultOf(unsigned, count)).toEqual(unsigned);
  });

  it.each<[string, CountInput, string]>([
    ['a file missing', { ...plain, board: new Map([...plain.board].slice(1)) }, 'board-missing'],
    [
      'a file changed',
      { ...plain, board: new Map([...plain.board, ['02-mix.bin', file(plain, '01-mix.bin')]]) },
      'board-changed',
    ],
    [
      'a file that is not named',
      { ...plain, board: new Map([...plain.board, ['03-decrypt-02.bin', new Uint8Array()]]) },
      'board-unlisted',
    ],
    ['files in another order', signed(plain, { board: plain.file.board.toReversed() }), 'board-order'],
    ['no box', withFiles(plain, { '00-box.bin': null }), 'board-order'],
    [
      'a name that is none',
      signed(plain, { board: [...plain.file.board, { name: '../00-box.bin', sha256: '0'.repeat(64) }] }),
      'results-field',
    ],
    ['a mix left out', withFiles(plain, { '02-mix.bin': null }), 'file-order'],
    ['mixes exchanged', withFiles(plain, { '01-mix.bin': file(plain, '02-mix.bin') }), 'board-misnamed'],
    ['a decryption left out', withFiles(plain, { '03-decrypt-01.bin': null }), 'decryption-too-few'],
    [
      'a decryption in the name of another',
      withFiles(plain, { '03-decrypt-03.bin': file(plain, '03-decrypt-01.bin') }),
      'board-misnamed',
    ],
    ['another count’s box', withFiles(plain, { '00-box.bin': file(tied, '00-box.bin') }), 'file-election'],
    ['another ceremony', { ...plain, transcript: '{}' }, 'transcript-format'],
    ['fewer electors than ballots', signed(plain, { eligible: 5 }), 'box-electors'],
    ['another number of ballots', signed(plain, { cast: 7 }), 'board-cast'],
    ['another number of invalid ones', signed(plain, { invalid: 0 }), 'board-invalid'],
    [
      'a row changed',
      { ...plain, ballotsCsv: plain.ballotsCsv?.replace('1,2,3,4', '1,2,4,3') ?? '' },
      'board-rows',
    ],
    ['a row added', { ...plain, ballotsCsv: `${plain.ballotsCsv ?? ''}1,1,1,1\n` }, 'board-rows'],
    ['ballots that are none', { ...plain, ballotsCsv: 'x' }, 'ballots-header'],
    ['another root', signed(plain, { root: '0'.repeat(64) }), 'other-ballots'],
    [
      'another outcome',
      signed(plain, {
        outcome: { ...plain.file.outcome, seats: { ...plain.file.outcome.seats, elected: ['mary'] } },
      }),
      'other-outcome',
    ],
    ['another manifest hash', signed(plain, { manifestHash: '0'.repeat(64) }), 'manifest-hash'],
    [
      'a tie decided without signatures',
      withFiles(tied, { '04-tie-01.bin': null, '04-tie-02.bin': null }),
      'decision-too-few',
    ],
    ['a tie signed by too few', withFiles(tied, { '04-tie-02.bin': null }), 'decision-too-few'],
    [
      'a tie decided otherwise than signed',
      signed(tied, { tieDecisions: tied.file.tieDecisions.map((each) => ({ ...each, how: 'By age.' })) }),
      'decision-unused',
    ],
    [
      'a tie in the name of another',
      signed(tied, { tieDecisions: tied.file.tieDecisions.map((each) => ({ ...each, by: 'officer-3' })) }),
      'tie-differs',
    ],
    [
      'the signature changed',
      { ...plain, resultsJson: plain.resultsJson.replace(/"closedAt": \d+/, '"closedAt": 1') },
      'wrong-signature',
    ],
    ['another signer demanded', { ...plain, publicKey: 'A'.repeat(43) }, 'other-key'],
    ['a box that is not on the branch', { ...plain, boxesOnBranch: [] }, 'box-not-on-branch'],
  ])('with %s does not', async (what, input, code) => {
    const end = await endOf(input);
    // A decision in other words settles the tie all the same, so the recount differs in its words.
    expect(what === 'a tie decided otherwise than signed' ? ['other-outcome', code] : [code]).toContain(end);
  });

  it.each(CHEATS.map((one) => [one.what, one] as const))(
    'with %s ends with step and party',
    async (_, one) => {
      const last = (await checksOf({ ...plain, ...cheated(one) })).at(-1);
      expect(last).toMatchObject({ ok: false, code: 'board-refused', facts: { sentence: one.sentence } });
    },
  );

  it('names the officers whom voters saw on their ballots, or is refused', async () => {
    const manifest = { ...plain.file.manifest, officers: ['officer-1', 'officer-2', 'mallory'] };
    expect(await endOf(signed(plain, { manifest, manifestHash: hashManifest(manifest) }))).toBe(
      'officers-differ',
    );
    const weaker = { ...plain.file.manifest, threshold: 3 };
    expect(await endOf(signed(plain, { manifest: weaker }))).toBe('officers-differ');
  });

  it('stands on the branch with one box alone', async () => {
    const hash = plain.file.board[0]?.sha256 ?? '';
    expect(await endOf({ ...plain, boxesOnBranch: [hash] })).toBe('ok');
    expect(await endOf({ ...plain, boxesOnBranch: [hash, 'f'.repeat(64)] })).toBe('two-boxes');
  });
});

describe('a receipt', () => {
  const codes = async (input: CountInput): Promise<string[]> =>
    (await checksOf(input)).flatMap(({ name, code }) => (name === 'receipt' ? [code] : []));
  const signed = JSON.parse(besideCount('plain/release.json')) as ShownRelease;
  const released = () => Promise.resolve(signed);
  const gone = besideCount('plain/receipt-gone.json');

  it('is found in the box, or was released by its voter, or the server dropped its ballot', async () => {
    const asked = () => Promise.reject(new Error('nobody is asked about a ballot that is there'));
    const there = besideCount('plain/receipt.json');
    expect(await codes({ ...plain, receipt: there, released: asked })).toEqual(['receipt-counted']);
    expect(await codes({ ...plain, receipt: gone, released })).toEqual(['receipt-replaced']);
    expect(await endOf({ ...plain, receipt: gone, released })).toBe('ok');
    const none = () => Promise.resolve(null);
    expect(await endOf({ ...plain, receipt: gone, released: none })).toBe('receipt-dropped');
    const nothing = () => Promise.resolve(undefined);
    expect(await endOf({ ...plain, receipt: gone, released: nothing })).toBe('receipt-unanswered');
    expect(await endOf({ ...plain, receipt: gone })).toBe('receipt-unanswered');
  });

  it('of a ballot that was replaced by one that is not in the box either says so: the server may have dropped that one', async () => {
    const steps = verifyCount(plain);
    let step = await steps.next();
    while (step.done !== true) step = await steps.next();
    const { board, file } = step.value as Counted;
    const fate = async (recordHashes: ReadonlySet<string>) =>
      (
        await checkOwn(
          file,
          { ...board, box: { ...board.box, recordHashes } },
          file.publicKey,
          gone,
          released,
        )
      ).code;
    const { newHash } = signed;
    expect(await fate(board.box.recordHashes)).toBe('receipt-replaced');
    expect(await fate(new Set([...board.box.recordHashes].filter((hash) => hash !== newHash)))).toBe(
      'receipt-replaced-gone',
    );
  });

  it('whose release its voter did not sign is of a dropped ballot', async () => {
    for (const bad of [
      { ...signed, newHash: null },
      { ...signed, newHash: 'f'.repeat(64) },
      { ...signed, release: 'A'.repeat(86) },
      { ...signed, record: 'AAAA' },
      { ...signed, record: '!' },
    ])
      expect(await endOf({ ...plain, receipt: gone, released: () => Promise.resolve(bad) })).toBe(
        'receipt-dropped',
      );
  });

  it('of another election or server is none of this count', async () => {
    expect(await endOf({ ...plain, receipt: besideCount('tie-decided/receipt.json') })).toBe(
      'receipt-other-election',
    );
    const bad = gone.replace(/"recordHash": "[0-9a-f]{4}/, '"recordHash": "0000');
    expect(await endOf({ ...plain, receipt: bad, released })).toBe('receipt-other-server');
    expect(await endOf({ ...plain, receipt: '{}' })).toBe('receipt-field');
  });

  it('is looked up in the closed box before there is a result, and the box on the branch', async () => {
    const { manifestHash, board } = plain.file;
    const hash = board[0]?.sha256 ?? '';
    const ask = async (changes: Partial<ReceiptQuestion> = {}) => {
      const question = {
        receipt: besideCount('plain/receipt.json'),
        manifest: canonicalJson(plain.file.manifest),
        transcript: plain.transcript,
        box: file(plain, '00-box.bin'),
        publicKey: null,
        boxesOnBranch: [],
        released: () => Promise.resolve(null),
      };
      return (await lookUpReceipt({ ...question, ...changes })).map(({ code }) => code);
    };
    const named = { hash, manifestHash };
    expect(await ask()).toEqual(['receipt-boxed']);
    expect(await ask({ boxesOnBranch: [{ hash, manifestHash: 'f'.repeat(64) }] })).toEqual(['receipt-boxed']);
    expect(await ask({ boxesOnBranch: [named] })).toEqual(['receipt-boxed', 'box-on-branch']);
    const other = { ...named, hash: 'f'.repeat(64) };
    expect(await ask({ boxesOnBranch: [other] })).toEqual(['receipt-boxed', 'box-not-on-branch']);
    expect(await ask({ boxesOnBranch: [named, other] })).toEqual(['receipt-boxed', 'two-boxes']);
    expect(await ask({ receipt: gone })).toEqual(['receipt-dropped']);
    expect(await ask({ receipt: gone, released: () => Promise.resolve(undefined) })).toEqual([
      'receipt-unanswered',
    ]);
    expect(await ask({ receipt: gone, released })).toEqual(['receipt-replaced']);
    expect(await ask({ publicKey: 'A'.repeat(43) })).toEqual(['receipt-other-server']);
    expect(await ask({ receipt: '{}' })).toEqual(['receipt-field']);
    expect(await ask({ box: file(tied, '00-box.bin') })).toEqual(['board-refused']);
    expect(await ask({ manifest: '{}' })).toEqual(['board-refused']);
    expect(await ask({ transcript: '{}' })).toEqual(['board-refused']);
  });

  it('is looked up in the board and nowhere else', async () => {
    const { checks } = await verifyResults({ ...plain, receipt: besideCount('plain/receipt.json') });
    expect(checks.at(-1)).toMatchObject({ ok: false, code: 'receipt-board' });
  });
});

describe('decisions about ties', () => {
  it('are those on which a quorum agrees, whatever one officer says', () => {
    const { manifest, key, box } = boardOf(none);
    const board = must(openBoard(manifest, key, 9, box));
    const say = (number: number, officer: number, how: string): [string, Uint8Array] => {
      const bytes = writeTie(
        board,
        number,
        officer,
        { at: 1, how, winners: ['ada'] },
        keyOf(officer).signSecret,
      );
      return [fileName(readFile(bytes) as BoardFile), bytes];
    };
    const files = new Map([say(1, 1, 'By lot.'), say(1, 2, 'By age.'), say(1, 3, 'By lot.')]);
    expect(decisionsIn(board, files)).toEqual({
      decisions: [{ at: 1, how: 'By lot.', winners: ['ada'], by: 'officer-1, officer-3' }],
      posts: ['02-tie-01.bin', '02-tie-03.bin'],
    });
    const two = new Map([...files, say(2, 2, 'Again.'), say(2, 1, 'Again.'), say(3, 1, 'Alone.')]);
    expect(decisionsIn(board, two).decisions.map(({ how }) => how)).toEqual(['By lot.', 'Again.']);
    const odd = writeTie(board, 1, 1, { how: 'x' }, keyOf(1).signSecret);
    const other = writeTie(board, 1, 2, { how: 'x' }, keyOf(2).signSecret);
    expect(
      decisionsIn(
        board,
        new Map([
          ['02-tie-01.bin', odd],
          ['02-tie-02.bin', other],
        ]),
      ).decisions,
    ).toEqual([]);
  });
});

describe('results.json of format 3', () => {
  it('is not read as another format, nor another as it', () => {
    const read = (changes: object) => readResults(JSON.stringify({ ...plain.file, ...changes })).ok;
    expect(read({})).toBe(true);
    for (const changes of [
      { format: 'elekto-results/2' },
      { format: 'elekto-results/4' },
      { trackers: [] },
      { records: [] },
      { board: [] },
      { invalid: -1 },
      { manifest: { ...plain.file.manifest, suite: 1 } },
      { manifest: { ...plain.file.manifest, trackers: true } },
      { manifest: { ...plain.file.manifest, serverKey: 'x' } },
    ])
      expect(read(changes), JSON.stringify(changes)).toBe(false);
  });

  it('without its board is checked for what it says of itself', async () => {
    expect(await verifyResults(plain)).toMatchObject({ ok: true });
    const more = await verifyResults(signed(plain, { invalid: 9 }));
    expect(more.checks.find(({ ok }) => !ok)).toMatchObject({ code: 'other-number' });
    const alone = await verifyResults({ ...signed(plain, { invalid: 9 }), ballotsCsv: null });
    expect(alone.checks.find(({ ok }) => !ok)).toMatchObject({ code: 'more-invalid-than-cast' });
  });

  it('is told the same by a second verifier, written in another language from the documents alone', async (context) => {
    const key = COUNT_SERVER.publicKey;
    const { file: pinned } = plain;
    const changes: Partial<ResultsFile3>[] = [
      ...[{}, { invalid: 9 }, { invalid: 0 }, { cast: 7 }, { eligible: 5 }, { root: '0'.repeat(64) }],
      ...[
        { manifestHash: '0'.repeat(64) },
        { board: [] },
        { election: 'another' },
        { trackers: [] } as object,
      ],
      { board: [{ name: '00-box.bin/..', sha256: '0'.repeat(64) }] },
      { manifest: { ...pinned.manifest, threshold: 1 } },
      { manifest: { ...pinned.manifest, suite: 1 as 2 } },
      { outcome: { ...pinned.outcome, seats: { ...pinned.outcome.seats, elected: [] } } },
    ];
    const of = (name: string, { ballotsCsv, resultsJson }: CountInput): Tampered => ({
      ...{ name, ballots: ballotsCsv ?? '', results: resultsJson, key },
    });
    const cases = [
      ...[plain, tied, none].map((count, i) => of(`genuine ${i}`, count)),
      ...changes.map((change) => of(JSON.stringify(change).slice(0, 60), signed(plain, change))),
      of('unsigned', { ...plain, resultsJson: plain.resultsJson.replace('"cast": 6', '"cast": 5') }),
      of('a row added', { ...plain, ballotsCsv: `${plain.ballotsCsv ?? ''}1,1,1,1\n` }),
    ];
    const found = second(cases);
    if (found === null) return context.skip('there is no python3 here');
    const told = await Promise.all(cases.map(first));
    expect(cases.map(({ name }, i) => `${name}: ${found[i]}`)).toEqual(
      cases.map(({ name }, i) => `${name}: ${told[i]}`),
    );
    expect(told.slice(0, 4)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(told.slice(4)).not.toContain('ok');
  });

  it('of a box that the server makes anew is not the count of the officers', async () => {
    const { manifest, box } = boardOf(plain);
    const parts = readFile(box);
    expect(parts?.kind).toBe('box');
    const empty = writeBox(manifest, [], null, COUNT_SECRET);
    expect(await endOf(withFiles(plain, { '00-box.bin': empty }))).toBe('file-previous');
  });
});
