import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { closable } from './close-server.ts';

const sockets: Socket[] = [];
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));

async function serve(answer: (path: string) => Promise<void> = async () => undefined) {
  const server = createServer((req, res) => void answer(req.url ?? '').then(() => res.end('done')));
  server.keepAliveTimeout = 60_000;
  const stop = closable(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { stop, port: (server.address() as AddressInfo).port };
}

/** A connection as a proxy keeps it; `ask` resolves to the answer, or to what came before it was closed. */
async function keep(port: number) {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  const ask = async (path = '/'): Promise<string> => {
    let said = '';
    const read = (chunk: Buffer): void => void (said += chunk.toString());
    socket.on('data', read);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n`);
    const whole = (async () => {
      while (!said.includes('done')) await once(socket, 'data');
    })().catch(() => undefined);
    await Promise.race([whole, closed]);
    socket.off('data', read);
    return said;
  };
  return { ask, closed };
}

it('answers what comes on a kept connection while it stops, and says that this was the last', async () => {
  const { stop, port } = await serve();
  const proxy = await keep(port);
  expect(await proxy.ask()).toContain('Connection: keep-alive');
  const stopped = stop({ drain: 20_000, quiet: 10_000 });
  const last = await proxy.ask();
  expect(last).toMatch(/^HTTP\/1\.1 200/);
  expect(last).toContain('Connection: close');
  await stopped;
});

it('takes no new connection, and closes those that stay quiet', async () => {
  const { stop, port } = await serve();
  const proxy = await keep(port);
  await proxy.ask();
  const stopped = stop({ drain: 20_000, quiet: 100 });
  await expect(keep(port)).rejects.toThrow('ECONNREFUSED');
  await Promise.all([proxy.closed, stopped]);
});

it('cuts off what takes longer than it may', async () => {
  let slow = false;
  const { stop, port } = await serve(async (path) => {
    if (path === '/slow') await ((slow = true), sleep(60_000, undefined, { ref: false }));
  });
  const proxy = await keep(port);
  const answer = proxy.ask('/slow');
  while (!slow) await sleep(5);
  await stop({ drain: 50, quiet: 0 });
  expect(await answer).toBe('');
});
