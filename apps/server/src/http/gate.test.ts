import express from 'express';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';

import { createGate, type Pace } from './gate.ts';

let server: Server;
afterEach(() => void server?.close());

async function serve(pace: Pace | null, clock?: () => number): Promise<string> {
  const app = express();
  app.set('trust proxy', true);
  app.use(createGate(pace, clock).handler, (_req, res) => void res.send('in'));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = (url: string, from: string): Promise<Response> =>
  fetch(`${url}/status`, { headers: { 'x-forwarded-for': from } });

it('lets in at once who asks no faster than people do', async () => {
  const url = await serve({ rate: 1, burst: 3 }, () => 0);
  for (let i = 0; i < 3; i += 1) expect((await ask(url, '192.0.2.1')).status).toBe(200);
});

it('makes one wait who asks faster, and nobody else', async () => {
  const url = await serve({ rate: 2, burst: 1 }, () => 0);
  const order: string[] = [];
  const all = ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'].map(async (from) => {
    expect((await ask(url, from)).status).toBe(200);
    order.push(from);
  });
  await Promise.all(all);
  expect(order.slice(0, 2).sort()).toEqual(['192.0.2.1', '192.0.2.2']);
});

it('refuses who would have to wait too long, without adding to the wait', async () => {
  const url = await serve({ rate: 0.001, burst: 1 }, () => 0);
  expect((await ask(url, '192.0.2.1')).status).toBe(200);
  for (let i = 0; i < 5; i += 1) {
    const refused = await ask(url, '192.0.2.1');
    expect([refused.status, refused.headers.get('connection')]).toEqual([429, 'close']);
  }
  expect((await ask(url, '192.0.2.2')).status).toBe(200);
});

it('counts a file of the site as a tenth', async () => {
  const url = await serve({ rate: 0.001, burst: 1 }, () => 0);
  const file = (): Promise<Response> =>
    fetch(`${url}/elections/`, { headers: { 'x-forwarded-for': '192.0.2.1' } });
  for (let i = 0; i < 9; i += 1) expect((await file()).status).toBe(200);
});
