/** A second word that an officer signs once all have confirmed: whoever looks finds the same, and a key in git stands. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { memoryPlace } from '@elekto/testing/memory-place';
import { makeDeal, type Post, postJson, signPost, writeTranscript } from '@elekto/custody/ceremony';
import { headerOf, keyOf, runCeremony } from '@elekto/custody/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { lookAt } from '../src/custody/ceremony.ts';
import { finish } from '../src/custody/finish.ts';
import { describeCeremony } from '../src/custody/status.ts';
import { keepToken } from '../src/custody/tokens.ts';

const header = headerOf(3, 2);
const posts = await runCeremony(header, [1, 2, 3].map(keyOf));
const other = await makeDeal(header, 2, { ...keyOf(2), dealSecret: new Uint8Array(32).fill(9) });
const second = signPost(header, 2, other, keyOf(2).signSecret);
const BEGUN = writeTranscript({ header, posts: [] });
const FINISHED = writeTranscript({ header, posts });

const home = mkdtempSync(join(memoryPlace(), 'elekto-second-word-'));
afterAll(() => rmSync(home, { recursive: true }));

/** What is done at a server that has this file in git and these posts. */
async function at<T>(text: string, served: readonly Post[], act: (server: string) => Promise<T>): Promise<T> {
  const data = { text, posts: served.map(postJson), elections: [] };
  const server = createServer((_, response) => response.end(JSON.stringify({ result: { data } })));
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  try {
    return await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}
const flagsFor = (server: string) => {
  keepToken(join(home, 'session'), server, 'token');
  return { server, tokenFile: join(home, 'session'), board: 'keys/2026.json' };
};
const status = (text: string, served: readonly Post[]): Promise<string> =>
  at(text, served, async (server) => describeCeremony(await lookAt(flagsFor(server)), 'officer-1'));

/** What finish says in a checkout that has the file as it was begun, and the file after it. */
async function finished(text: string, served: readonly Post[]): Promise<[said: string, file: string]> {
  const elections = mkdtempSync(join(home, 'checkout-'));
  mkdirSync(join(elections, 'keys'));
  const file = join(elections, 'keys/2026.json');
  writeFileSync(file, BEGUN);
  const said = await at(text, served, (server) =>
    finish({ ...flagsFor(server), elections }).catch((error: Error) => error.message),
  );
  return [said, readFileSync(file, 'utf8')];
}

const TOLD =
  'Beside the file in git, officer-2 signed another deal. It changes nothing: the key is that of the file in git.';
const WHY = 'Deal, officer-2: two different ones are signed for one place.';

describe('a second word after all have confirmed', () => {
  it('is told by status and finish as one that changes nothing, where the file in git has the key', async () => {
    const said = await status(FINISHED, [...posts, second]);
    expect(said).toContain('All officers have confirmed: the key exists.');
    expect(said).toContain(TOLD);
    expect(said).toContain('The key is in git. Next for you: "elekto custody ready" for each election');
    expect(said).not.toContain('gives no key');
    const [text, file] = await finished(FINISHED, [...posts, second]);
    expect(text).toContain(TOLD);
    expect(text).not.toContain('gives no key');
    expect(file).toBe(FINISHED);
  });

  it('ends a ceremony that is not in git: status and finish say the same, and no file is written', async () => {
    expect(await status(BEGUN, [...posts, second])).toContain(`This ceremony gives no key. ${WHY}`);
    const [text, file] = await finished(BEGUN, [...posts, second]);
    expect(text).toContain(`This ceremony gives no key. ${WHY}`);
    expect(text).not.toContain('holds the finished ceremony');
    expect(file).toBe(BEGUN);
  });

  it('was not there: the file is finished, and nothing is told beside it', async () => {
    const [text, file] = await finished(BEGUN, posts);
    expect(text).toContain('holds the finished ceremony');
    expect(text).not.toContain('Beside the file in git');
    expect(file).toBe(FINISHED);
  });
});
