/** A whole count by officers of any size, as the files of its folder: made once, which takes minutes for many ballots, and kept. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addDecryption,
  addMix,
  type Board,
  combine,
  fileName,
  finishedKey,
  openBoard,
  readFile,
  readManifest,
  sealBallot,
  shareOf,
  writeBox,
  writeDecryption,
  writeMix,
  writeTranscript,
} from '@elekto/custody';
import { headerOf, keyOf, must, runCeremony } from '@elekto/custody/testing';
import { type CountInput, resultOf } from '@elekto/protocol/board';
import { hashManifest, type OfficersManifest } from '@elekto/protocol/manifest';
import { CUSTODY_NAME, type ResultsFile3 } from '@elekto/protocol/result';
import { canonicalJson, toBase64Url, toHex } from '@elekto/wire';
import { signerOf } from '../../protocol/tests/support/golden.ts';

const CANDIDATES = Array.from({ length: 12 }, (_, i) => `c${String(i).padStart(2, '0')}`);
const ranksOf = (i: number): number[] => CANDIDATES.map((_, at) => (i * 7 + at) % 13);
const server = keyOf(99);

/** As many officers as it takes so that `mixes` of them are the fewest that open a count. */
async function ceremony(mixes: number) {
  const keys = Array.from({ length: 2 * mixes - 1 }, (_, i) => keyOf(i + 1));
  const header = headerOf(keys.length, mixes);
  const posts = await runCeremony(header, keys);
  return { keys, header, posts, key: must(finishedKey(header, posts)) };
}

function manifestOf({ header, key }: Awaited<ReturnType<typeof ceremony>>): OfficersManifest {
  return {
    ...{
      version: 2,
      key: 'bench',
      name: 'Bench',
      seats: 3,
      suite: 2,
      kind: 'election',
      run: '01'.repeat(16),
    },
    counting: {
      ...{
        method: 'schulze',
        strength: 'winning',
        unranked: 'no-opinion',
        secondary: false,
        order: 'losses',
      },
    },
    ...{ representationLimit: null, limitValues: null, edition: 3, receipts: 'after_close' },
    candidates: CANDIDATES,
    names: Object.fromEntries(CANDIDATES.map((id) => [id, id])),
    ...{ allowNoOpinion: true, trackers: false, deleteAfter: false, sourceCommit: 'c0ffee' },
    publicKey: toBase64Url(key.electionKey.toBytes()),
    custody: toHex(key.transcriptHash),
    threshold: header.threshold,
    officers: header.officers.map(({ login }) => login),
    serverKey: toBase64Url(server.sign),
  } as OfficersManifest;
}

/** Makes the folder of a count of so many ballots, mixes and as many decryptions. */
export async function makeCount(folder: string, ballots: number, mixes: number): Promise<void> {
  const board = join(folder, 'board');
  mkdirSync(board, { recursive: true });
  const held = await ceremony(mixes);
  const { keys, header, posts, key } = held;
  const pinned = manifestOf(held);
  const manifest = must(readManifest(canonicalJson(pinned)));
  const files = new Map<string, Uint8Array>();
  const keep = (bytes: Uint8Array): Uint8Array => {
    const read = readFile(bytes);
    if (read === null) throw new Error('a file of the board');
    files.set(fileName(read), bytes);
    writeFileSync(join(board, fileName(read)), bytes);
    return bytes;
  };
  const records = Array.from(
    { length: ballots },
    (_, i) => must(sealBallot(manifest.rules, ranksOf(i), new Uint8Array(32))).record,
  );
  let state: Board = must(
    openBoard(manifest, key, ballots, keep(writeBox(manifest, records, null, server.signSecret))),
  );
  for (const officer of keys.slice(0, mixes))
    state = must(addMix(state, keep(must(writeMix(state, state.mixers.length + 1, officer.signSecret)))));
  for (const officer of keys.slice(0, mixes)) {
    const share = await shareOf(header, posts, officer);
    if (share === null) throw new Error('an officer has a share');
    state = must(addDecryption(state, keep(must(writeDecryption(state, share, officer.signSecret)))));
  }
  const opened = must(combine(state));
  const unsigned = resultOf(
    {
      ...{ election: 'bench', openedAs: null, manifest: pinned, manifestHash: hashManifest(pinned) },
      ...{ closedAt: 1_800_000_000_000, eligible: ballots, struck: [], voided: [] },
      publicKey: toBase64Url(server.sign),
    },
    { board: state, opened, files },
  );
  writeFileSync(join(folder, CUSTODY_NAME), writeTranscript({ header, posts }));
  writeFileSync(
    join(folder, 'ballots.csv'),
    [CANDIDATES, ...opened.rows.map(({ ranks }) => ranks.map((rank) => rank || 'No opinion'))]
      .map((row) => `${row.join(',')}\n`)
      .join(''),
  );
  // Last, so that a folder with it is whole.
  writeFileSync(
    join(folder, 'results.json'),
    JSON.stringify(signerOf(Buffer.from(server.signSecret)).sign(unsigned)),
  );
}

export const isMade = (folder: string): boolean => existsSync(join(folder, 'results.json'));

export function readCount(folder: string): CountInput {
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const resultsJson = text('results.json');
  const { board } = JSON.parse(resultsJson) as ResultsFile3;
  return {
    ...{ resultsJson, ballotsCsv: text('ballots.csv'), transcript: text(CUSTODY_NAME) },
    board: new Map(
      board.map(({ name }) => [name, new Uint8Array(readFileSync(join(folder, 'board', name)))]),
    ),
  };
}
