import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { deliver, isBarred, resolveOutside } from './deliver.ts';

let server: Server;
let url = '';
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const status = Number(request.url?.slice(1)) || 200;
    response.writeHead(status, status === 302 ? { location: '/200' } : {}).end('x'.repeat(1000));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((done) => void server.close(() => done())));

describe('a delivery', () => {
  it.each([
    [200, 'done'],
    [204, 'done'],
    [429, 'later'],
    [503, 'later'],
    [302, 'never'],
    [404, 'never'],
    [410, 'never'],
  ])('that is answered with %i is %s', async (status, outcome) => {
    asked.length = 0;
    expect(await deliver(`${url}/${status}`, '{}', {}, true)).toEqual({ outcome, why: `HTTP ${status}` });
    expect(asked).toEqual([`/${status}`]);
  });

  it('to nobody is tried later', async () => {
    const { outcome, why } = await deliver('http://127.0.0.1:9/', '{}', {}, true);
    expect([outcome, why]).toEqual(['later', 'ECONNREFUSED']);
  });

  it('goes to this machine only where that was allowed, and never without https elsewhere', async () => {
    asked.length = 0;
    for (const target of [
      url,
      url.replace('http:', 'https:'),
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://169.254.169.254/latest/meta-data',
      'https://2130706433/',
      'https://0x7f.1/',
      'https://0.0.0.0/',
    ])
      expect(await deliver(target, '{}', {}, false), target).toEqual({ outcome: 'never', why: 'EBARRED' });
    expect(await deliver('http://192.0.2.1/', '{}', {}, true)).toEqual({ outcome: 'never', why: 'EBARRED' });
    expect(asked).toEqual([]);
  });

  it('follows no name to this machine', async () => {
    for (const all of [true, false]) {
      const error = await new Promise<NodeJS.ErrnoException | null>((done) =>
        resolveOutside('localhost', { all }, done),
      );
      expect(error?.code).toBe('EBARRED');
    }
    const { outcome, why } = await deliver('https://localhost/', '{}', {}, false);
    expect([outcome, why]).toEqual(['later', 'EBARRED']);
  });

  it('knows the addresses of this machine and of its own link from all others', () => {
    for (const address of [
      '127.9.9.9',
      '169.254.169.254',
      '0.0.0.0',
      '::1',
      '::',
      'fe80::1',
      '::ffff:127.0.0.1',
      'no address',
    ])
      expect(isBarred(address), address).toBe(true);
    for (const address of ['192.0.2.1', '10.0.0.1', '2001:db8::1'])
      expect(isBarred(address), address).toBe(false);
  });
});
