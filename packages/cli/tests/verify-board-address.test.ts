/** `elekto verify` of a count by officers whose files are at an address. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { boardFolder, MOST_IN_REPOSITORY } from '@elekto/protocol/result';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOLDEN, goldenResult as result, writeGoldenFolder } from './golden-folder.ts';
import { elektoHere, folder } from './support.ts';

let root: string;
let path: string;
beforeAll(() => {
  root = folder();
  path = writeGoldenFolder(root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('elekto verify of a count by officers at an address', () => {
  let server: Server;
  let base: string;
  let shown: unknown = null;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = request.url ?? '';
      const asked = /^\/trpc\/(board\.(?:file|custody))\?input=(.*)$/.exec(url);
      if (asked !== null) {
        const { name = '' } = JSON.parse(decodeURIComponent(asked[2] ?? '')) as { name?: string };
        const file = asked[1] === 'board.custody' ? 'custody.json' : `plain/board/${name}`;
        const bytes = readFileSync(join(GOLDEN, file));
        const data = bytes.toString(asked[1] === 'board.custody' ? 'utf8' : 'base64url');
        response.end(JSON.stringify({ result: { data } }));
        return;
      }
      if (url === '/trpc/ballot.release') {
        if (shown === 'damaged') response.writeHead(500).end('{"error":{"message":"it is not complete"}}');
        else response.end(JSON.stringify({ result: { data: { shown } } }));
        return;
      }
      const file = url.includes('/board/') ? 'not here' : url.replace('/elections/', '');
      try {
        response.end(readFileSync(join(GOLDEN, file)));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it('has the files from there of a board that is too large for the repository, and checks that they are the same', async () => {
    const board = join(path, 'board');
    cpSync(board, join(root, 'kept'), { recursive: true });
    const files = await boardFolder(readFileSync(join(path, 'results.json'), 'utf8'), {
      sizes: () => Promise.resolve(result.board.map(({ name }) => ({ name, bytes: MOST_IN_REPOSITORY }))),
      file: () => Promise.reject(new Error('too large')),
      custody: () => Promise.resolve(readFileSync(join(GOLDEN, 'custody.json'), 'utf8')),
      address: `${base}/elections/plain/`,
    });
    expect(files.map(({ name }) => name)).toEqual(['board/elsewhere.txt', 'board/custody.json']);
    rmSync(board, { recursive: true });
    mkdirSync(board);
    for (const { name, content } of files) writeFileSync(join(path, name), content);
    const { status, out, err } = await elektoHere(['verify', path, '--threads', '1']);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain(`its files are taken from ${base}/elections/plain/`);
    writeFileSync(join(board, 'elsewhere.txt'), 'http://198.51.100.7/elections/plain/\n');
    expect((await elektoHere(['verify', path])).err).toContain('names no address of https');
    rmSync(board, { recursive: true });
    cpSync(join(root, 'kept'), board, { recursive: true });
  });

  it('reads everything from there, and asks the server about a ballot that is not in the box', async () => {
    const gone = [
      ...['verify', `${base}/elections/plain`, '--threads', '1', '--key', result.publicKey],
      ...['--receipt', join(path, 'receipt-gone.json')],
    ];
    shown = JSON.parse(readFileSync(join(path, 'release.json'), 'utf8'));
    const { status, out } = await elektoHere(gone);
    expect([status, out]).toEqual([0, expect.stringContaining('put another one in its place and signed')]);
    shown = null;
    expect((await elektoHere(gone)).err).toMatch(/no release: the server dropped it/);
    shown = 'damaged';
    const unsaid = await elektoHere(gone);
    expect([unsaid.status, unsaid.err]).toEqual([1, expect.stringContaining('it was not said')]);
  });
});
