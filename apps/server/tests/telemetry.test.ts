/** What leaves by OpenTelemetry, seen by a collector: the server's own work, and nothing of anybody's vote. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { refusalOf } from './support/browser.ts';
import { writeElection, writeMeta } from './support/meta.ts';
import { run, type Running } from './support/running.ts';
import { replace, view, vote } from './support/voting.ts';

interface Delivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}
interface Metric {
  readonly name: string;
  readonly sum?: { dataPoints: { asDouble: number; attributes: { key: string }[] }[]; isMonotonic: boolean };
  readonly gauge?: { dataPoints: { asDouble: number }[] };
}

const got: Delivery[] = [];
/** Null: it takes what comes and never answers. */
let status: number | null = 200;
/** What it has taken and not answered, as long as the server waits. */
const waiting = new Set<object>();
const collector = createServer((req, res) => {
  let text = '';
  req.setEncoding('utf8').on('data', (piece: string) => void (text += piece));
  req.on('end', () => {
    if (status === 200) got.push({ path: req.url ?? '', headers: req.headers, text });
    if (status !== null) return void res.writeHead(status).end('{}');
    waiting.add(res);
    res.on('close', () => waiting.delete(res));
  });
});
const VOTERS = ['vera', 'victor', 'wanda'];
const key = 'steering';
let meta: string;
let running: Running;

beforeAll(async () => {
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  meta = writeMeta({ steering: { voters: VOTERS, exceptionsDue: '2026-03-05 00:00:00' } });
  running = await run({
    meta,
    people: [...VOTERS, 'nina', 'olga'],
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20abc, x-tenant=elections',
    },
    overrides: { exportEvery: 1000 },
  });
});
afterAll(async () => {
  await running?.stop();
  collector.close();
});

const bodies = <T>(path: string): T[] =>
  got.filter((delivery) => delivery.path === path).map(({ text }) => JSON.parse(text) as T);
const spans = (): Span[] =>
  bodies<{ resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }>('/v1/traces').flatMap(
    ({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  );
const metrics = (): Map<string, Metric> => {
  const last = bodies<{ resourceMetrics: { scopeMetrics: { metrics: Metric[] }[] }[] }>('/v1/metrics').at(-1);
  const all =
    last?.resourceMetrics.flatMap((one) => one.scopeMetrics.flatMap((scope) => scope.metrics)) ?? [];
  return new Map(all.map((metric) => [metric.name, metric]));
};
const nextDelivery = async (): Promise<void> => {
  const before = bodies('/v1/metrics').length;
  await expect.poll(() => bodies('/v1/metrics').length, { timeout: 20_000 }).toBeGreaterThan(before + 1);
};

it('sends the start and the upkeep as traces, with the headers that were asked for', async () => {
  await expect.poll(() => spans().map(({ name }) => name), { timeout: 20_000 }).toContain('start');
  expect(got[0]?.headers).toMatchObject({
    authorization: 'Basic abc',
    'x-tenant': 'elections',
    'content-type': 'application/json',
  });
  const start = spans().find(({ name }) => name === 'start');
  const read = spans().find(({ name }) => name === 'read the repository');
  expect(start?.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(read).toMatchObject({ traceId: start?.traceId, parentSpanId: start?.spanId });
  for (const span of spans())
    expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
});

it('sends the figures of /metrics, which itself stays off', async () => {
  await nextDelivery();
  const all = metrics();
  expect(all.get('elekto_elections')?.gauge?.dataPoints[0]?.asDouble).toBe(1);
  expect(all.get('elekto_request_failures_total')?.sum).toMatchObject({ isMonotonic: true });
  expect(all.get('elekto_elections_by_stage')?.gauge?.dataPoints.map(({ asDouble }) => asDouble)).toContain(
    1,
  );
  expect((await fetch(`${running.url}/metrics`)).status).toBe(404);
});

it('says nothing of sign-ins, votes, views, refusals, requests and who made them', async () => {
  await nextDelivery();
  // What the machine does moves these, in steps in which no vote shows.
  const BY_ITSELF = new Set(['elekto_event_loop_delay_seconds', 'elekto_disk_free_percent']);
  const ours = (): string[] =>
    [...metrics().values()]
      .filter(({ name }) => name.startsWith('elekto_') && !BY_ITSELF.has(name))
      .map((metric) => JSON.stringify(metric).replaceAll(/"timeUnixNano":"\d+"/g, ''));
  const before = { ours: ours(), spans: spans().length };
  for (const login of VOTERS) {
    const browser = await running.signedIn(login);
    await vote(browser, key, { ada: 1, bob: 2 });
    await view(browser, key);
    await replace(browser, key, { cy: 1 });
    expect(await refusalOf(vote(browser, key, { ada: 1 }))).toBe('already-voted');
  }
  const nina = await running.signedIn('nina');
  await nina.api.exception.request.mutate({ key, name: 'Nina', email: 'nina@example.org', reason: 'Docs.' });
  const olga = await running.signedIn('olga');
  await olga.api.officer.turnout.query({ key });
  await nextDelivery();
  expect(ours()).toEqual(before.ours);
  expect(spans()).toHaveLength(before.spans);
  const everything = got.map(({ text }) => text).join('\n');
  expect(everything).not.toMatch(
    /vera|victor|wanda|nina|olga|steering|ballot|cast|exception|trpc|auth|127\.0\.0\.1/i,
  );
});

it('traces what the upkeep does: a change of the files, and the count', async () => {
  writeElection(meta, 'another', { voters: VOTERS });
  await running.server.sync();
  running.clock.set(Date.parse('2026-03-20T00:00:00Z'));
  await running.server.tick();
  await expect.poll(() => spans().map(({ name }) => name), { timeout: 20_000 }).toContain('count elections');
  const upkeep = spans().filter(({ name }) => name === 'upkeep');
  const counted = spans().find(({ name }) => name === 'count elections');
  expect(upkeep.map(({ spanId }) => spanId)).toContain(counted?.parentSpanId);
  expect(new Set(spans().map(({ name }) => name))).toEqual(
    new Set(['start', 'upkeep', 'read the repository', 'count elections', 'build the pages']),
  );
});

it('serves on while the collector is down, says so once, and sends the spans later', async () => {
  const told = (): number => running.log().split('the telemetry could not be sent').length - 1;
  status = 503;
  await expect.poll(told, { timeout: 20_000 }).toBe(1);
  const before = spans().length;
  writeElection(meta, 'third', { voters: VOTERS });
  await running.server.sync();
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(told()).toBe(1);
  expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
  status = 200;
  await expect.poll(() => spans().length, { timeout: 20_000 }).toBeGreaterThan(before);
  expect(running.log()).toContain('the telemetry is taken again');
});

it('serves on while the collector takes what it is sent and never answers, says so once, and sends the spans later', async () => {
  const told = (): number => running.log().split('the telemetry could not be sent').length - 1;
  const again = (): number => running.log().split('the telemetry is taken again').length - 1;
  const before = told();
  const againBefore = again();
  status = null;
  await expect.poll(told, { timeout: 20_000 }).toBe(before + 1);
  writeElection(meta, 'fourth', { voters: VOTERS, closes: '2026-04-01 00:00:00' });
  await running.server.sync();
  const vera = await running.signedIn('vera');
  await vote(vera, 'fourth', { ada: 1 });
  // Nobody waits for it: what waits when a request comes waits still when that is answered.
  await expect
    .poll(async () => {
      const [one] = waiting;
      await view(vera, 'fourth');
      expect((await fetch(`${running.url}/elections/fourth/`)).status).toBe(200);
      return one !== undefined && waiting.has(one);
    })
    .toBe(true);
  const sent = spans().length;
  status = 200;
  await expect.poll(() => spans().length, { timeout: 20_000 }).toBeGreaterThan(sent);
  // What was sent meanwhile and still waits would end within these: at most one waits.
  await nextDelivery();
  await nextDelivery();
  await nextDelivery();
  expect(told()).toBe(before + 1);
  expect(again()).toBe(againBefore + 1);
}, 60_000);
