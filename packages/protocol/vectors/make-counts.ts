/**
 * Writes counts by officers into tests/golden/3: real keys, boxes, mixes and decryptions. They are random, so never the same
 * twice; a folder that is there is left as it is: node packages/protocol/vectors/make-counts.ts
 */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import {
  addDecryption,
  addMix,
  type Board,
  type BoardFile,
  combine,
  fileName,
  finishedKey,
  hashRecord,
  openBoard,
  readFile,
  readManifest,
  sealBallot,
  shareOf,
  signRelease,
  writeBox,
  writeDecryption,
  writeMix,
  writeTie,
  writeTranscript,
} from '@elekto/custody';
import { headerOf, keyOf, must, runCeremony } from '@elekto/custody/testing';
import { receiptMessage } from '@elekto/protocol/ballot';
import { resultOf } from '@elekto/protocol/board';
import { hashManifest, type OfficersManifest } from '@elekto/protocol/manifest';
import { resultsMessage } from '@elekto/protocol/result';
import { ballotsToCsv } from '@elekto/protocol/rule';
import { canonicalJson, toBase64Url, toHex } from '@elekto/wire';

const GOLDEN = new URL('../tests/golden/3/', import.meta.url);
const secret = crypto.getRandomValues(new Uint8Array(32));
const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
const signer = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
const spki = createPublicKey(signer).export({ format: 'der', type: 'spki' });
const serverKey = toBase64Url(spki.subarray(-32));
const signed64 = (message: Uint8Array): string => toBase64Url(sign(null, message, signer));
const OFFICERS = 3;
const keys = Array.from({ length: OFFICERS }, (_, i) => keyOf(i + 1));
const header = headerOf(OFFICERS, 2);
const posts = await runCeremony(header, keys);
const key = must(finishedKey(header, posts));

const manifestOf = (name: string): OfficersManifest => ({
  version: 2,
  key: name,
  name: 'Steering Committee “2027”',
  seats: 2,
  counting: {
    method: 'schulze',
    strength: 'winning',
    unranked: 'no-opinion',
    secondary: false,
    order: 'losses',
  },
  representationLimit: null,
  limitValues: null,
  candidates: ['ada', 'barbara', 'grace', 'mary'],
  edition: 3,
  names: { ada: 'Ada', barbara: 'Barbara', grace: 'Grace', mary: 'Mary' },
  allowNoOpinion: true,
  receipts: 'after_close',
  deleteAfter: false,
  publicKey: toBase64Url(key.electionKey.toBytes()),
  suite: 2,
  custody: toHex(key.transcriptHash),
  threshold: 2,
  officers: header.officers.map(({ login }) => login),
  serverKey,
  trackers: false,
  kind: 'election',
  run: toHex(crypto.getRandomValues(new Uint8Array(16))),
  sourceCommit: 'c0ffee',
});

interface Held {
  readonly name: string;
  readonly ballots: readonly (readonly number[])[];
  /** Of these, how many hold a rank that there is not. */
  readonly invalid?: number;
  readonly decision?: { readonly at: number; readonly how: string; readonly winners: readonly string[] };
}

async function hold({ name, ballots, invalid = 0, decision }: Held): Promise<void> {
  const folder = new URL(`${name}/`, GOLDEN);
  if (existsSync(folder)) return;
  mkdirSync(new URL('board/', folder), { recursive: true });
  const pinned = manifestOf(name);
  const manifest = must(readManifest(canonicalJson(pinned)));
  const binding = new Uint8Array(32).fill(8);
  const sealed = ballots.map((ranks) => must(sealBallot(manifest.rules, ranks, binding)));
  // Ranks of another election: what a program of one's own can put into a ballot.
  const odd = Array.from({ length: invalid }, () =>
    must(sealBallot({ ...manifest.rules, candidates: 12 }, new Array<number>(12).fill(12), binding)),
  );
  const files = new Map<string, Uint8Array>();
  const add = (file: Uint8Array): Uint8Array => {
    files.set(fileName(readFile(file) as BoardFile), file);
    return file;
  };
  const records = [...sealed, ...odd].map(({ record }) => record);
  let board: Board = must(openBoard(manifest, key, 99, add(writeBox(manifest, records, null, secret))));
  const quorum = records.length === 0 ? [] : [3, 1];
  for (const position of quorum) {
    const { signSecret } = keys[position - 1] ?? keyOf(0);
    board = must(addMix(board, add(must(writeMix(board, position, signSecret)))));
  }
  for (const position of quorum) {
    const officer = keys[position - 1] ?? keyOf(0);
    const share = await shareOf(header, posts, officer);
    if (share === null) throw new Error('no share');
    board = must(addDecryption(board, add(must(writeDecryption(board, share, officer.signSecret)))));
  }
  const opened = must(combine(board));
  for (const position of decision === undefined ? [] : [1, 2])
    add(writeTie(board, 1, position, decision, (keys[position - 1] ?? keyOf(0)).signSecret));
  const unsigned = resultOf(
    {
      election: name,
      openedAs: null,
      manifest: pinned,
      manifestHash: hashManifest(pinned),
      closedAt: 1_800_000_000_000,
      eligible: 12,
      struck: [],
      voided: [],
      publicKey: serverKey,
    },
    { board, opened, files },
  );
  const signed = { ...unsigned, signature: signed64(resultsMessage(unsigned)) };
  const write = (file: string, text: string | Uint8Array): void => writeFileSync(new URL(file, folder), text);
  write('results.json', `${JSON.stringify(signed, null, 2)}\n`);
  write('ballots.csv', ballotsToCsv(pinned, opened.rows));
  for (const [file, bytes] of files) write(`board/${file}`, bytes);
  const [first] = sealed;
  if (first === undefined) return;
  const recordHash = hashRecord(manifest.rules.manifestHash, first.record);
  const { manifestHash } = manifest.rules;
  const receiptOf = (hash: string): string => {
    const signature = signed64(receiptMessage(name, manifestHash, hash));
    const receipt = { version: 1, election: name, manifestHash, recordHash: hash, signature };
    return `${JSON.stringify({ ...receipt, publicKey: serverKey }, null, 2)}\n`;
  };
  write('receipt.json', receiptOf(recordHash));
  // A ballot that its voter took back before the end, and what the server shows to the holder of its receipt.
  const gone = must(sealBallot(manifest.rules, ballots[0] ?? [], binding));
  const goneHash = hashRecord(manifestHash, gone.record);
  write('receipt-gone.json', receiptOf(goneHash));
  const release = signRelease(manifest.rules, gone.seed, goneHash, recordHash);
  write(
    'release.json',
    `${JSON.stringify({ record: toBase64Url(gone.record), newHash: recordHash, release: toBase64Url(release) }, null, 2)}\n`,
  );
}

mkdirSync(GOLDEN, { recursive: true });
writeFileSync(new URL('signing-key.hex', GOLDEN), `${toHex(secret)}\n`);
writeFileSync(new URL('custody.json', GOLDEN), writeTranscript({ header, posts }));
await hold({
  name: 'plain',
  ballots: [
    [1, 2, 3, 4],
    [1, 1, 2, 0],
    [4, 3, 2, 1],
    [2, 1, 0, 0],
    [0, 0, 0, 0],
  ],
  invalid: 1,
});
await hold({
  name: 'tie-decided',
  ballots: [
    [1, 2, 2, 2],
    [1, 2, 2, 2],
  ],
  decision: { at: 1_800_000_500_000, how: 'Drawn by lot.', winners: ['grace'] },
});
await hold({ name: 'no-ballots', ballots: [] });
