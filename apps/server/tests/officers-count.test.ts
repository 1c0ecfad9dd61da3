/** An election in the custody of officers from its opening to its result, over the API, with a server that stops between any two steps. */
import {
  addDecryption,
  addMix,
  finishedKey,
  openBoard,
  proveHolding,
  readManifest,
  shareOf,
  writeDecryption,
  writeMix,
  writeTranscript,
} from '@elekto/custody';
import type { Board, BoardKey, KeyShare } from '@elekto/custody';
import { headerOf, keyOf, must, runCeremony } from '@elekto/custody/testing';
import { boxLine } from '@elekto/election';
import { verifyCount } from '@elekto/protocol/board';
import type { Check, ResultsFile3 } from '@elekto/protocol/result';
import { canonicalJson, toBase64Url, toHex } from '@elekto/wire';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { refusalOf, type Browser } from './support/browser.ts';
import { writeElection, writeMeta } from './support/meta.ts';
import { DATABASES, run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';
import { writeOfficerFiles } from './support/officer-files.ts';

const OFFICERS = ['officer-1', 'officer-2', 'officer-3'];
const BOARD = 'keys/2026.json';
const key = 'steering';
const DAY = 86_400_000;

const header = headerOf(3, 2);
const keys = [1, 2, 3].map(keyOf);
const posts = await runCeremony(header, keys);
const transcript = writeTranscript({ header, posts });
const boardKey: BoardKey = must(finishedKey(header, posts));
const shares = await Promise.all(keys.map((each) => shareOf(header, posts, each)));
const shareAt = (position: number): KeyShare => shares[position - 1] as KeyShare;
const secretAt = (position: number): Uint8Array => (keys[position - 1] as (typeof keys)[number]).signSecret;

describe.each(DATABASES)('a count by officers, on %s', (database) => {
  let running: Running;
  let meta: string;
  let officers: Browser[];
  const at = (position: number): Browser => officers[position - 1] as Browser;

  beforeAll(async () => {
    meta = writeMeta({ steering: { officers: OFFICERS, extra: `custody: ${BOARD}\n` } });
    mkdirSync(join(meta, 'elections/keys'));
    writeFileSync(join(meta, 'elections', BOARD), transcript);
    running = await run({ meta, people: [...OFFICERS, 'vera', 'victor'], database });
    officers = await Promise.all(OFFICERS.map((login) => running.signedIn(login)));
  });
  afterAll(async () => {
    await running?.stop();
    if (meta) rmSync(meta, { recursive: true, force: true });
  });

  /** The server stops and starts again; whoever was signed in stays so. */
  async function restart(): Promise<void> {
    await running.restart();
    officers = await Promise.all(OFFICERS.map((login) => running.signedIn(login)));
  }
  const status = async () =>
    (await running.browser().api.status.get.query()).elections.find((each) => each.key === key);
  const standing = () => at(1).api.board.standing.query({ election: key });
  /** How far officers are, as the pages of this moment are told. */
  const onPages = async (): Promise<unknown> => {
    await running.server.tick();
    return running.site.built.at(-1)?.elections.find((each) => each.key === key)?.['count'];
  };
  const fetched = async (name: string): Promise<Uint8Array> =>
    Buffer.from(await running.browser().api.board.file.query({ election: key, name }), 'base64url');

  let manifest = '';
  /** As an officer's computer does: from the files, checked one after another. */
  async function rebuilt(): Promise<Board> {
    const files = await running.browser().api.board.files.query({ election: key });
    let board: Board | null = null;
    for (const { name } of files) {
      const bytes = await fetched(name);
      board =
        board === null
          ? must(openBoard(must(readManifest(manifest)), boardKey, 2, bytes))
          : must(name.includes('mix') ? addMix(board, bytes) : addDecryption(board, bytes));
    }
    return board as Board;
  }
  const post = (position: number, file: Uint8Array) =>
    at(position).api.board.post.mutate({ election: key, file: toBase64Url(file) });

  it('opens once all have published their keys and enough of them hold their shares, and takes ballots that the server cannot read', async () => {
    await running.server.tick();
    expect(await status()).toMatchObject({ stage: 'waiting', waiting: 'custody-not-ready' });
    for (const position of [1, 3]) {
      const proof = toBase64Url(proveHolding(boardKey, shareAt(position), { kind: 'ready', election: key }));
      await at(position).api.custody.ready.mutate({ file: BOARD, key, officer: position, proof });
    }
    await running.server.tick();
    const waits = { stage: 'waiting', waiting: 'custody-not-ready' };
    expect(await status(), 'nothing in git says whose keys they are').toMatchObject(waits);
    writeOfficerFiles(meta, header);
    await running.server.sync();
    await running.server.tick();
    expect(await status()).toMatchObject({ stage: 'open', waiting: null });
    const vera = await running.signedIn('vera');
    const paper = await vera.api.ballot.paper.query({ key });
    expect(paper.manifest.suite).toBe(2);
    manifest = canonicalJson(paper.manifest);
    await vote(vera, key, { ada: 1, bob: 2 });
    await vote(await running.signedIn('victor'), key, { ada: 1, cy: 2 });
    expect(await refusalOf(running.browser().api.board.files.query({ election: key }))).toBe(
      'not-closed-yet',
    );
  });

  it('keeps its board, and its officers their part, when the files would open nothing with it any more', async () => {
    const told = async () => {
      await running.server.sync();
      const { elections } = await at(1).api.officer.elections.query();
      const { custody, diagnostics, drift } = elections.find((each) => each.key === key) ?? {};
      const hints = Object.fromEntries(diagnostics?.map(({ code, hint }) => [code, hint]) ?? []);
      return { custody, said: Object.keys(hints), hints, drift: drift?.map(({ code }) => code) };
    };
    const alive = async (position: number) => {
      const manifestHash = must(readManifest(manifest)).rules.manifestHash;
      const about = { kind: 'alive', election: key, manifestHash: Buffer.from(manifestHash, 'hex') } as const;
      const proof = toBase64Url(proveHolding(boardKey, shareAt(position), about));
      return at(position).api.custody.alive.mutate({ file: BOARD, key, officer: position, proof });
    };
    const board = { officers: 3, threshold: 2, ready: 2 };
    const candidates = ['ada', 'bob', 'cy', 'officer-2'];
    const extra = `custody: ${BOARD}\n`;
    writeElection(meta, key, { officers: OFFICERS, candidates, extra });
    const stands = await told();
    expect(stands.said).toEqual(expect.arrayContaining(['custody-candidate', 'custody-not-ready']));
    expect(stands.custody).toEqual({ ...board, alive: 0 });
    expect(stands.drift, 'the same file').toEqual(['candidates-added']);
    expect(await alive(2)).toEqual({ alive: [2] });
    rmSync(join(meta, 'elections', key, 'candidate-officer-2.md'));
    // What the officers published is gone: no election opens with the key any more, and this one goes on.
    rmSync(join(meta, 'elections/officers'), { recursive: true });
    const unpublished = await told();
    expect(unpublished.said).toEqual(
      expect.arrayContaining(['custody-officer-unpublished', 'custody-too-few']),
    );
    expect(unpublished.custody).toEqual({ ...board, alive: 1 });
    writeOfficerFiles(meta, header);
    writeElection(meta, key, { officers: OFFICERS.slice(0, 2), extra: 'custody: keys/2027.json\n' });
    expect(await told()).toMatchObject({ custody: { ...board, alive: 1 }, drift: ['custody-changed'] });
    writeElection(meta, key, { officers: OFFICERS, extra: '' });
    expect(await told()).toMatchObject({ custody: { ...board, alive: 1 }, drift: ['custody-changed'] });
    expect(await alive(3)).toEqual({ alive: [2, 3] });
    // The file itself is gone: nothing that officers sign is taken, and it is said who brings it back how.
    rmSync(join(meta, 'elections', BOARD));
    const gone = await told();
    expect(gone.custody).toEqual({ officers: 3, threshold: 2, ready: 0, alive: 0 });
    const from = /"sourceCommit":"(.{12})/.exec(manifest)?.[1];
    expect(gone.hints['custody-gone']).toBe(
      `Bring it back by a pull request as commit ${from} has it, under any name. No ballot is lost; until then nothing that officers sign is taken, and nobody can count.`,
    );
    writeFileSync(join(meta, 'elections/keys/back.json'), transcript);
    const back = await told();
    expect(back).toMatchObject({ custody: { ...board, alive: 2 }, drift: ['custody-changed'] });
    expect(back.said).not.toContain('custody-gone');
    rmSync(join(meta, 'elections/keys/back.json'));
    writeFileSync(join(meta, 'elections', BOARD), transcript);
    await running.server.sync();
    expect(await running.browser().api.board.custody.query({ election: key })).toBe(transcript);
    // What follows is counted so: one officer left, another stands.
    writeElection(meta, key, { officers: OFFICERS.slice(0, 2), candidates, extra });
    expect((await told()).said).toEqual(
      expect.arrayContaining(['custody-candidate', 'custody-too-few', 'custody-not-ready']),
    );
  });

  /** What somebody is told of elections whose key they hold a share of, without an office. */
  const heldBy = async (who: Browser) => (await who.api.officer.elections.query()).held;

  it('needs who was taken out of election_officers, and is shown to them', async () => {
    const custody = { officers: 3, threshold: 2, ready: 2, alive: 2 };
    const closesAt = Date.parse('2026-03-07T23:59:59Z');
    expect(await at(3).api.officer.elections.query()).toMatchObject({
      elections: [],
      held: [{ key, name: 'Steering', stage: 'open', closesAt, custody }],
    });
    expect(await at(3).api.board.standing.query({ election: key })).toMatchObject({ officers: OFFICERS });
    for (const who of [at(1), await running.signedIn('vera')]) expect(await heldBy(who)).toEqual([]);
  });

  it('waits after the end for the box on the branch and its inspection', async () => {
    running.clock.set(Date.parse('2026-03-08T00:00:01Z'));
    await running.server.tick();
    await restart();
    const board = await rebuilt();
    const boxHash = toHex(board.box.hash);
    expect(await standing()).toMatchObject({
      phase: 'inspection',
      boxHash,
      onBranch: false,
      inspectedUntil: null,
    });
    const mix = must(writeMix(board, 1, secretAt(1)));
    expect(await refusalOf(post(1, mix))).toBe('board-refused');
    await expect(post(1, mix)).rejects.toThrow('does not stand on the protected branch');
    const line = boxLine({ hash: boxHash, manifestHash: board.manifest.rules.manifestHash });
    writeFileSync(join(meta, 'elections', key, 'box.txt'), `${line}\n`);
    await running.server.sync();
    await running.server.tick();
    const since = running.clock.now();
    expect(await standing()).toMatchObject({
      phase: 'inspection',
      onBranch: true,
      inspectedUntil: since + DAY,
    });
    const told = { boxHash, inspectedUntil: since + DAY, mixed: 0, decrypted: 0, threshold: 2, officers: 3 };
    expect(await onPages()).toEqual({ phase: 'inspection', ...told });
    await expect(post(1, mix)).rejects.toThrow('still open to inspection');
    const vera = await running.signedIn('vera');
    expect(await refusalOf(vera.api.board.standing.query({ election: key }))).toBe('not-officer');
    expect(await refusalOf(vera.api.board.post.mutate({ election: key, file: toBase64Url(mix) }))).toBe(
      'not-officer',
    );
    running.clock.set(since + DAY);
    expect(await standing()).toMatchObject({ phase: 'mixing', threshold: 2, officers: OFFICERS });
    const { elections } = await at(1).api.officer.elections.query();
    const custody = { officers: 3, threshold: 2 };
    expect(elections.find((each) => each.key === key)).toMatchObject({ stage: 'closed', custody });
    expect(await heldBy(at(3))).toMatchObject([{ key, stage: 'closed', custody }]);
  });

  it('is held by two of them with one who never comes, and gives a result that anybody verifies', async () => {
    const first = must(writeMix(await rebuilt(), 3, secretAt(3)));
    expect(await post(3, first)).toEqual({ kept: 'kept' });
    await restart();
    expect(await post(3, first)).toEqual({ kept: 'known' });
    expect(await post(1, must(writeMix(await rebuilt(), 1, secretAt(1))))).toEqual({ kept: 'kept' });
    const head = await rebuilt();
    expect(await post(1, must(writeDecryption(head, shareAt(1), secretAt(1))))).toEqual({ kept: 'kept' });
    await restart();
    expect(await standing()).toMatchObject({ phase: 'decrypting', mixers: [3, 1], decrypted: [1] });
    expect(await status()).toMatchObject({ stage: 'closed', trouble: null });
    expect(await onPages()).toMatchObject({ phase: 'decrypting', mixed: 2, decrypted: 1 });
    expect(await post(3, must(writeDecryption(head, shareAt(3), secretAt(3))))).toEqual({ kept: 'kept' });
    expect(await standing()).toMatchObject({ phase: 'counted' });
    await restart();
    expect(await onPages()).toBeNull();
    expect(await heldBy(at(3)), 'nothing is needed of them any more').toEqual([]);
    const outcome = await at(1).api.officer.outcome.query({ key });
    expect(outcome).toMatchObject({ cast: 2, state: 'finalised', outcome: { seats: { elected: ['ada'] } } });
    const resultsJson = await at(1).api.officer.resultsJson.query({ key });
    const file = JSON.parse(resultsJson) as ResultsFile3;
    expect(file).toMatchObject({ format: 'elekto-results/3', cast: 2, invalid: 0 });
    const board = new Map<string, Uint8Array>();
    for (const { name } of file.board) board.set(name, await fetched(name));
    const checks: Check[] = [];
    const ballotsCsv = await at(1).api.officer.ballotsCsv.query({ key });
    const boxesOnBranch = [toHex(head.box.hash)];
    for await (const check of verifyCount({ resultsJson, ballotsCsv, board, transcript, boxesOnBranch }))
      checks.push(check);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.at(-1)).toMatchObject({ name: 'signature', ok: true });
  });
});
