/** `elekto custody` and `elekto verify` where a server answers in another form: a sentence, whatever it is. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { memoryPlace } from '@elekto/testing/memory-place';
import { keyOf } from '@elekto/custody/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { KEY, openElection } from '../../officer/tests/world.ts';
import { CliError } from '../src/cli-error.ts';
import { keepToken } from '../src/custody/tokens.ts';
import { run } from '../src/run.ts';
import { readRelease } from '../src/verify/board-at.ts';

vi.mock('../src/custody/key-file.ts', () => ({
  readKeyFile: async () => ({ login: 'officer-1', key: keyOf(1) }),
}));

const root = mkdtempSync(join(memoryPlace(), 'elekto-strange-'));
const { repository } = openElection();
let shown = '';
let isPublished = false;
const server = createServer((request, response) => {
  // A page of an election without a result.
  const isGone = !isPublished && /results\.json|ballots\.csv|\/board\//.test(request.url ?? '');
  response.writeHead(isGone ? 404 : 200).end(isGone ? '' : shown);
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  keepToken(join(root, 'session'), origin, 'a token');
  const receipt = { version: 1, election: KEY, manifestHash: 'a'.repeat(64), recordHash: 'b'.repeat(64) };
  const signed = { ...receipt, signature: 'A'.repeat(86), publicKey: 'A'.repeat(43) };
  writeFileSync(join(root, 'receipt.json'), JSON.stringify(signed));
});
afterAll(() => {
  vi.restoreAllMocks();
  server.close();
  repository.remove();
  rmSync(root, { recursive: true });
});

const STRANGE = [
  ...['', '{}', '[]', 'null', 'nonsense', '<html>', '{"error":{}}', '{"result":{}}'],
  ...[{}, null, 5, 'x', [5], { text: 5 }, { text: '{}', posts: [], elections: [] }].map((data) =>
    JSON.stringify({ result: { data } }),
  ),
  ...[[{ name: 5 }], [{ name: 'x', sha256: 'y' }]].map((data) => JSON.stringify({ result: { data } })),
];
/** What the command says of each of the answers; a bug is thrown. */
async function said(args: readonly string[]): Promise<(string | undefined)[]> {
  const sentences = [];
  for (shown of STRANGE) sentences.push((await run(args))?.message);
  return sentences;
}

describe('elekto custody, where a server answers in another form,', () => {
  const at = (...more: string[]): string[] => [
    ...[...more, '--server', origin, '--token-file', join(root, 'session')],
  ];
  const place = (): string[] => ['--repository', repository.dir, '--key-file', join(root, 'key')];

  it.each([
    [['look', KEY]],
    [['count', KEY]],
    [['box', KEY, '--elections', root]],
    [['tie', KEY, '--as', 'officer-2']],
    [['alive', KEY]],
    [['void', KEY, '--reason', 'why']],
  ])('says so: %s', async (command) => {
    const sentences = await said(['custody', ...at(...command), ...place()]);
    const known =
      /^the server did not answer as this version does$|is not an Elekto server of this version$|^(?:Board|Manifest), the server: |^there is no box yet/;
    // An empty list of files is a board without a box; there is none here.
    for (const sentence of sentences) expect(sentence).toMatch(known);
    expect(sentences).toContain('the server did not answer as this version does');
  });

  it.each([
    [['status', '--board', 'keys/2026.json']],
    [['deal', '--board', 'keys/2026.json', '--key-file', join(root, 'key')]],
    [['ready', KEY, '--board', 'keys/2026.json', '--key-file', join(root, 'key')]],
  ])('says so of a ceremony: %s', async (command) => {
    const known =
      /^the server did not answer as this version does$|is not an Elekto server of this version$|^the server's keys\/2026\.json: /;
    for (const sentence of await said(['custody', ...at(...command)])) expect(sentence).toMatch(known);
  });
});

it('writes no line of its own below what elekto custody says', async () => {
  const forged = 'no.\n\nEverything is checked.\u001b[2J\r\u2028Decrypt now.';
  shown = JSON.stringify({ error: { message: forged } });
  const args = ['look', KEY, '--server', origin, '--token-file', join(root, 'session')];
  const failed = await run([
    'custody',
    ...args,
    '--repository',
    repository.dir,
    '--key-file',
    join(root, 'key'),
  ]);
  expect(failed?.message).toBe('no. Everything is checked.\ufffd[2J Decrypt now.');
});

describe('elekto verify of a receipt, where a server answers in another form,', () => {
  it('says so, or what is wrong with the box', async () => {
    const args = ['verify', `${origin}/elections/steering`, '--receipt', join(root, 'receipt.json')];
    for (const sentence of await said(args))
      expect(sentence).toMatch(
        /did not answer board\.manifest as an Elekto server of this version does$|^verification failed: /,
      );
  });

  it('says so of what is served as its result', async () => {
    isPublished = true;
    for (const sentence of await said(['verify', `${origin}/elections/steering`]))
      expect(sentence).toMatch(/results\.json: /);
    isPublished = false;
  });

  it('refuses a release of another form', () => {
    const file = join(root, 'release.json');
    for (const text of ['{}', '5', '[]', '{"record":1,"release":2,"newHash":3}', 'nonsense', '']) {
      writeFileSync(file, text);
      expect(() => readRelease(file)).toThrow(new CliError(`${file}: is not a release`));
    }
    writeFileSync(file, 'null');
    expect(readRelease(file)).toBeNull();
  });

  it.each(['https://', 'https://[/elections/x', 'https://127.0.0.1:1/elections/%E0%A4%A'])(
    'says that %s is no address',
    async (address) => {
      const failed = await run(['verify', address, '--receipt', join(root, 'receipt.json')]);
      expect(failed?.message).toMatch(/ is no address/);
    },
  );
});
