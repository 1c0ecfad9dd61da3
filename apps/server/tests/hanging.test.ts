/** What is asked and never answers: the server says so at once, waits for nobody, and goes on by itself. */
import { createPostgres, openTcpLine } from '@elekto/testing';
import { createMariaDb } from '@elekto/testing/mariadb';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';

import { hostedMeta } from './support/hosted-meta.ts';
import { writeMeta } from './support/meta.ts';
import { DATABASES, run, type DatabaseKind, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const readyz = async ({ url }: Running): Promise<{ status: number; body: string }> => {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) });
  return { status: answer.status, body: await answer.text() };
};

/** Accepts connections and never says a word. */
async function silentHost(): Promise<string> {
  const server = createServer((socket) => void socket.on('error', () => undefined).resume());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function behindALine(kind: DatabaseKind, env: NodeJS.ProcessEnv = {}) {
  // Durable, as no server is ready on another.
  const database = await (kind === 'postgresql' ? createPostgres : createMariaDb)({ durable: true });
  await database.createDatabase('elekto');
  const url = new URL(database.url('elekto'));
  const line = await openTcpLine(Number(url.port));
  undo.push(() => database.remove());
  url.port = String(line.port);
  const running = await run({
    meta: writeMeta({ steering: {} }),
    people: ['vera', 'victor'],
    env: { ELEKTO_DATABASE_URL: url.href, ...env },
  });
  undo.push(
    () => running.stop(),
    () => line.close(),
  );
  return { line, running };
}

/** A MySQL can only be given, and is not ours to freeze. */
const OWN_SERVERS = DATABASES.filter((name) => name === 'postgresql' || name === 'mariadb');

describe.each(OWN_SERVERS)('a database behind a line that froze, on %s', (kind) => {
  it('makes the server not ready within seconds, and ready again by itself once new connections are answered', async () => {
    const { line, running } = await behindALine(kind);
    const vera = await running.signedIn('vera');
    await vote(vera, 'steering', { ada: 1 });
    expect((await readyz(running)).status).toBe(200);
    line.freeze(true);
    const refused = await readyz(running);
    expect(refused).toMatchObject({ status: 503, body: expect.stringMatching(/does not answer/) });
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${running.url}/`)).status).toBe(200);
    // The connections of before stay frozen: nobody says that they are gone.
    line.mend();
    await expect.poll(async () => (await readyz(running)).status, { timeout: 45_000 }).toBe(200);
    await vote(await running.signedIn('victor'), 'steering', { bob: 1 });
  }, 90_000);

  it('that is slow makes people wait and refuses nobody', async () => {
    const { line, running } = await behindALine(kind);
    const vera = await running.signedIn('vera');
    line.disturb({ lateMs: 100 });
    await vote(vera, 'steering', { ada: 1 });
    await vote(await running.signedIn('victor'), 'steering', { bob: 1 });
    expect((await readyz(running)).status).toBe(200);
    expect((await fetch(`${running.url}/`)).status).toBe(200);
  }, 90_000);

  it('that answers noise gives no verdict, and after it the same person votes', async () => {
    const { line, running } = await behindALine(kind);
    const [vera, victor] = [await running.signedIn('vera'), await running.signedIn('victor')];
    await vote(vera, 'steering', { ada: 1 });
    line.disturb({ noise: true });
    const began = performance.now();
    await expect(vote(victor, 'steering', { bob: 1 })).rejects.toThrow();
    expect(await readyz(running)).toMatchObject({ status: 503 });
    expect(performance.now() - began, 'nobody waits for minutes').toBeLessThan(40_000);
    expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${running.url}/`)).status).toBe(200);
    line.mend();
    await expect.poll(async () => (await readyz(running)).status, { timeout: 45_000 }).toBe(200);
    await vote(victor, 'steering', { bob: 1 });
  }, 120_000);

  it('does not keep a stop waiting, whatever else hangs beside it', async () => {
    const { line, running } = await behindALine(kind, { OTEL_EXPORTER_OTLP_ENDPOINT: await silentHost() });
    const vera = await running.signedIn('vera');
    line.freeze(true);
    const asked = [running.server.tick(), vera.api.ballot.paper.query({ key: 'steering' })];
    for (const each of asked) each.catch(() => undefined);
    const began = performance.now();
    await running.server.close();
    expect(performance.now() - began).toBeLessThan(15_000);
  }, 60_000);
});

/** A server that follows a git host behind a line, looking at it each second. */
async function followingByALine({ now, silence = 1000 }: { now?: string; silence?: number } = {}) {
  const { url, add } = await hostedMeta(undo);
  const at = new URL(url);
  const line = await openTcpLine(Number(at.port));
  undo.push(() => line.close());
  at.port = String(line.port);
  const running = await run({
    meta: at.href,
    people: ['vera', 'olga'],
    ...(now !== undefined && { now }),
    env: { ELEKTO_META_POLL: '1' },
    overrides: { patience: { firstLook: 500, silence } },
  });
  undo.push(() => running.stop());
  const page = async (): Promise<string> => (await fetch(`${running.url}/`)).text();
  return { add, line, running, page };
}

describe('a git host that accepts and never answers', () => {
  it('does not keep a restart from serving the last copy, and is followed again when it speaks', async () => {
    const { add, line, running, page } = await followingByALine();
    await running.restart(() => line.freeze(true));
    expect(await page()).toContain('Steering');
    expect((await readyz(running)).body).toContain('repository-unreadable');
    await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
    await add('docs', 'Documentation');
    line.mend();
    await expect.poll(page, { timeout: 20_000 }).toContain('Documentation');
    expect((await readyz(running)).body).not.toContain('repository-unreadable');
  }, 60_000);

  it('does not keep an election of a server that runs from being counted in time', async () => {
    // Five seconds before its end, and a host that is waited for a minute.
    const { line, running, page } = await followingByALine({ now: '2026-03-07T23:59:55Z', silence: 60_000 });
    await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
    line.freeze(true);
    const looking = running.server.sync();
    looking.catch(() => undefined);
    const olga = await running.signedIn('olga');
    const began = performance.now();
    running.clock.advance(6000);
    const cast = (): Promise<number> =>
      olga.api.officer.outcome.query({ key: 'steering' }).then(
        (outcome) => outcome.cast,
        () => 0,
      );
    // By the alarm that was set for the end, and by nobody's asking.
    await expect.poll(cast, { timeout: 20_000 }).toBe(1);
    expect(performance.now() - began, 'ms from the end to the count').toBeLessThan(15_000);
    await expect.poll(page, { timeout: 20_000 }).not.toContain('Steering: open');
  }, 60_000);
});

describe('a git host', () => {
  it('that is slow is followed all the same', async () => {
    const { add, line, running, page } = await followingByALine({ silence: 20_000 });
    line.disturb({ lateMs: 300 });
    await add('docs', 'Documentation');
    await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
    await expect.poll(page, { timeout: 20_000 }).toContain('Documentation');
    expect((await readyz(running)).body).toContain('"degraded":[]');
  }, 60_000);

  it('that answers noise leaves pages and ballots as they were, is told of, and followed again', async () => {
    const { add, line, running, page } = await followingByALine();
    line.disturb({ noise: true });
    await add('docs', 'Documentation');
    await expect
      .poll(async () => (await readyz(running)).body, { timeout: 20_000 })
      .toContain('repository-unreadable');
    expect((await readyz(running)).status).toBe(200);
    expect(await page()).toContain('Steering');
    await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
    line.mend();
    await expect.poll(page, { timeout: 20_000 }).toContain('Documentation');
    expect((await readyz(running)).body).toContain('"degraded":[]');
  }, 60_000);
});
