/** `elekto custody tie`: what an officer signs is what they have read. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { memoryPlace } from '@elekto/testing/memory-place';
import { readFile } from '@elekto/custody';
import { decideTie, holdCount } from '@elekto/officer';
import { canonicalJson } from '@elekto/wire';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import {
  BOX_FILE,
  boxOf,
  ENDS,
  HOUR,
  KEY,
  lineOf,
  must,
  openElection,
  sealed,
  Shown,
  visitOf,
} from '../../officer/tests/world.ts';
import { writeKeyFile } from '../src/custody/key-file.ts';
import { signTie } from '../src/custody/tie.ts';
import { keepToken } from '../src/custody/tokens.ts';
import { run } from '../src/run.ts';

const typed = vi.hoisted(() => ({ answer: '', asked: 0, meanwhile: async (): Promise<void> => undefined }));
vi.mock('../src/prompt.ts', () => ({
  openPrompt: () => ({
    ask: async () => {
      typed.asked += 1;
      await typed.meanwhile();
      return typed.answer;
    },
    close: () => undefined,
  }),
}));

const AFTER = ENDS + 30 * HOUR;
const root = mkdtempSync(join(memoryPlace(), 'elekto-tie-'));
const { repository, manifest } = openElection();
const box = boxOf(
  manifest,
  sealed(manifest, [
    [1, 2],
    [2, 1],
  ]),
);
repository.commit({ [BOX_FILE]: lineOf(manifest, box) }, ENDS + HOUR);
const shown = new Shown(box);
/** What the server says of the voids of the run. */
const STANDING = {
  voided: [{ officer: 2, reason: 'bob was missing' }],
  threshold: 2,
  officers: ['ada', 'eve\u001b[2J\nok'],
};
/** What the server shows. */
const served = { manifest, shown };
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '', 'http://127.0.0.1');
  const ask = async (body: string): Promise<unknown> => {
    const input = JSON.parse(url.searchParams.get('input') ?? body) as { name: string; file: string };
    if (url.pathname === '/trpc/board.files') return served.shown.files();
    if (url.pathname === '/trpc/board.manifest') return canonicalJson(served.manifest);
    if (url.pathname === '/trpc/board.standing') return STANDING;
    if (url.pathname === '/trpc/board.file')
      return Buffer.from((await served.shown.file(input.name)) ?? []).toString('base64url');
    await served.shown.post(Buffer.from(input.file, 'base64url'));
    return null;
  };
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    void ask(Buffer.concat(parts).toString()).then((data) =>
      response.end(JSON.stringify({ result: { data } })),
    );
  });
});
const visit = (position: number) =>
  visitOf(position, repository, shown, AFTER, join(root, `memory-${position}`));
/** What officer-1 says about the tie, in another program. */
const first = async (winner: string, how: string) =>
  must(await decideTie(KEY, await visit(1), { winners: [winner], how, at: AFTER, number: 1 }));
/** What is signed by officer-2. */
const signed = (): unknown => {
  const bytes = [...shown.all].find(([name]) => name.endsWith('-tie-2'))?.[1];
  return bytes && JSON.parse(Buffer.from(readFile(bytes)?.body ?? []).toString());
};

beforeAll(async () => {
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  writeFileSync(join(root, 'passphrase'), 'a passphrase that is long enough\n');
  const { port } = server.address() as AddressInfo;
  keepToken(join(root, 'token'), `http://127.0.0.1:${String(port)}`, 'a token');
  const secret = new Uint8Array(16).fill(2);
  await writeKeyFile(join(root, 'key'), 'officer-2', secret, 'a passphrase that is long enough');
  for (const position of [1, 2, 1]) must(await holdCount(KEY, await visit(position)));
});
afterEach(() => {
  for (const name of shown.all.keys()) if (name.includes('-tie-')) shown.all.delete(name);
  Object.assign(typed, { answer: '', asked: 0, meanwhile: async () => undefined });
  vi.restoreAllMocks();
});
afterAll(() => {
  server.close();
  repository.remove();
  rmSync(root, { recursive: true });
});

/** What the command says at the end, and what it showed before. */
async function tie(more: { winners?: string[]; how?: string; as?: string; decision?: number }) {
  const before: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => before.push(String(text)) > 0);
  const { port } = server.address() as AddressInfo;
  const said = await signTie(KEY, {
    ...{ server: `http://127.0.0.1:${String(port)}`, tokenFile: join(root, 'token') },
    ...{ keyFile: join(root, 'key'), passphraseFile: join(root, 'passphrase') },
    ...{ repository: repository.dir, branch: 'main', electionsDir: 'elections' },
    ...more,
  }).catch((error: unknown) => (error as Error).message);
  return { said, before: before.join('') };
}

const ANOTHER =
  'If you know that it is another one of this count, type nothing: the server hides a decision. Tell the others.\n';

describe('elekto custody tie --as', () => {
  it('shows the words of the other officer, and signs them once the winners are typed', async () => {
    await first('eve', 'by lot');
    typed.answer = 'eve';
    expect(await tie({ as: 'officer-1' })).toEqual({
      said: 'You have signed as decision 1 of this count: eve (by lot). 2 of you have signed the same.\n',
      before: `officer-1 has signed as decision 1 of this count: eve (by lot), said at ${new Date(AFTER).toISOString()}\n${ANOTHER}`,
    });
    expect(signed()).toEqual({ winners: ['eve'], how: 'by lot', at: AFTER });
  });

  it('signs nothing where others are typed, or other words were signed since they were shown', async () => {
    await first('eve', 'by lot');
    typed.answer = 'fay';
    expect((await tie({ as: 'officer-1' })).said).toBe('those are others: nothing was signed');
    typed.answer = 'eve';
    typed.meanwhile = async () => void (await first('fay', 'by lot'));
    expect((await tie({ as: 'officer-1' })).said).toBe(
      `Tie decision, officer-1: what they have signed by now is not what you have read, but: fay (by lot), said at ${new Date(AFTER).toISOString()}. Nothing was signed by you. Look again, and read theirs.`,
    );
    expect(signed()).toBeUndefined();
  });

  it('asks nothing where --winners and --how say the same, and signs nothing where they do not', async () => {
    await first('eve', 'by lot');
    const other = await tie({ as: 'officer-1', winners: ['fay'], how: 'by lot', decision: 1 });
    expect(other.said).toContain('is not what you have read, but: eve (by lot)');
    expect(signed()).toBeUndefined();
    const same = await tie({ as: 'officer-1', winners: ['eve'], how: 'by lot', decision: 1 });
    expect(same.said).toContain('You have signed as decision 1 of this count: eve (by lot). 2 of you');
    expect(typed.asked).toBe(0);
    expect((await tie({ as: 'officer-1', winners: ['eve'] })).said).toContain(
      'say --winners and --how, or --as',
    );
  });

  it('signs nothing of one decision as another: the number is shown, typed for, or said', async () => {
    const words = { winners: ['fay'], how: 'by age' };
    const hidden = await tie({ ...words, decision: 2 });
    expect(hidden.said).toContain(
      'Tie decision, the server: what is open is decision 1 of this count, and what you have read is decision 2',
    );
    expect(typed.asked).toBe(0);
    const asked = await tie(words);
    expect(asked.said).toBe('those are others: nothing was signed');
    expect(asked.before).toBe(`You are about to sign as decision 1 of this count: fay (by age)\n${ANOTHER}`);
    expect(signed()).toBeUndefined();
    typed.answer = 'fay';
    expect((await tie(words)).said).toContain(
      'You have signed as decision 1 of this count: fay (by age). 1 of you',
    );
  });

  it('steers no terminal by what another officer has signed', async () => {
    const hostile = { winners: ['eve'], how: 'by \u001b[2Jlot\nYou have signed: fay' };
    await first('eve', hostile.how);
    const refused = await tie({ as: 'officer-1', winners: ['fay'], how: 'by lot', decision: 1 });
    expect(refused.said).toContain('but: eve (by \ufffd[2Jlot\ufffdYou have signed: fay), said at');
    typed.answer = 'eve';
    const read = await tie({ as: 'officer-1' });
    expect(read).toEqual({
      said: 'You have signed as decision 1 of this count: eve (by \ufffd[2Jlot\ufffdYou have signed: fay). 2 of you have signed the same.\n',
      before: `officer-1 has signed as decision 1 of this count: eve (by \ufffd[2Jlot\ufffdYou have signed: fay), said at ${new Date(AFTER).toISOString()}\n${ANOTHER}`,
    });
  });
});

describe('elekto custody void', () => {
  const other = openElection('03');
  const othersBox = boxOf(other.manifest, sealed(other.manifest, [[1, 2]]));
  afterAll(() => other.repository.remove());

  /** What the command says about the other election, in its name: as its output, or as its refusal. */
  async function said(command: string, now: number, ...flags: string[]): Promise<string> {
    vi.spyOn(Date, 'now').mockReturnValue(now);
    const out: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    Object.assign(served, { manifest: other.manifest, shown: new Shown(now > ENDS ? othersBox : null) });
    const { port } = server.address() as AddressInfo;
    const failed = await run([
      ...['custody', command, KEY, ...flags],
      ...['--server', `http://127.0.0.1:${String(port)}`, '--token-file', join(root, 'token')],
      ...['--key-file', join(root, 'key-void'), '--passphrase-file', join(root, 'passphrase')],
      ...['--repository', other.repository.dir, '--branch', 'main'],
    ]);
    return failed?.message ?? out.join('');
  }

  it('steers no terminal by what a server names officers', async () => {
    // Of a computer that has acted on no box.
    copyFileSync(join(root, 'key'), join(root, 'key-void'));
    expect(await said('void', ENDS - HOUR, '--reason', 'bob was missing')).toBe(
      'You have signed that the ballots cast so far are void: bob was missing\n' +
        'Signed by eve\ufffd[2J\ufffdok; it takes 2 who give this very reason, word for word. Then start voting anew in the console.\n',
    );
  });

  it('keeps its officer from counting these ballots, until they take it back', async () => {
    other.repository.commit({ [BOX_FILE]: lineOf(other.manifest, othersBox) }, ENDS + HOUR);
    expect(await said('count', AFTER)).toContain(
      'Void, the server: you have signed that these ballots are void, and it closed their box all the same. If too few officers signed that, take it back, and they are counted.\n' +
        'Ask the others how many signed it. If too few did, count with "elekto custody void --take-back" first; if enough did, do nothing and tell them.',
    );
    expect(await said('void', AFTER, '--reason', 'bob was missing')).toContain(
      'Void, the officers: voting has',
    );
    for (const flags of [[], ['--reason', 'bob was missing', '--take-back']])
      expect(await said('void', AFTER, ...flags)).toBe(
        'give the reason with --reason, or --take-back at the count; one of the two',
      );
    expect(await said('void', AFTER, '--take-back')).not.toContain('void');
    expect(await said('count', AFTER)).toContain('You have mixed');
  });
});
