/** Hooks are told of an election's life, once, in their own shapes; nothing that they are told is about a voter. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { standardSignature } from '../src/http/standard-webhooks.ts';

import { writeMeta } from './support/meta.ts';
import { DATABASES, run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

interface Arrived {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const SECRET = 'a secret of the hooks';
const MINUTE = 60_000;
const VOTERS = ['vera', 'victor', 'wanda'];

describe.each(DATABASES)('hooks, on %s', (database) => {
  let server: Server;
  let running: Running;
  let meta: string;
  let status = 200;
  const arrived: Arrived[] = [];
  /** Of everything that ever came to the program's hook. */
  const ids: unknown[] = [];
  const took = (): string[] => {
    for (const { body } of arrived) expect(body).not.toMatch(/vera|victor|wanda/i);
    return arrived
      .splice(0)
      .map(({ path, body }) => `${path} ${/Voting is open|ends soon|has ended|Result/.exec(body)?.[0]}`)
      .toSorted();
  };
  const at = async (time: string | number): Promise<string[]> => {
    running.clock.set(typeof time === 'number' ? time : Date.parse(time));
    await running.server.tick();
    await running.server.announce();
    return took();
  };
  const all = (what: string): string[] =>
    ['/discord', '/json', '/matrix', '/slack'].map((path) => `${path} ${what}`);

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        arrived.push({ path: request.url ?? '', headers: request.headers, body });
        if (request.url === '/json') ids.push(request.headers['webhook-id']);
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    meta = writeMeta({ steering: { voters: VOTERS }, held: { opens: '2020-01-01', closes: '2020-01-02' } });
    running = await run({
      meta,
      people: ['olga', ...VOTERS],
      now: '2026-02-27T12:00:00Z',
      database,
      env: {
        ELEKTO_ANNOUNCE_TO: ['json', 'slack', 'discord', 'matrix']
          .map((as) => `${as}=${url}/${as}`)
          .join('\n'),
        ELEKTO_ANNOUNCE_SECRET: SECRET,
        ELEKTO_ANNOUNCE_DAYS: '3, 1',
        ELEKTO_ANNOUNCE_LOOPBACK: 'on',
      },
    });
  });
  afterAll(async () => {
    await running?.stop();
    await new Promise<void>((done) => void server.close(() => done()));
  });

  it('nobody is told before the opening, and of it everybody once, also after a restart', async () => {
    expect(await at('2026-02-28T23:59:59Z')).toEqual([]);
    expect(await at('2026-03-01T00:00:00Z')).toEqual(all('Voting is open'));
    await running.restart();
    expect(await at('2026-03-01T00:01:00Z')).toEqual([]);
  });

  it('nothing is told when somebody votes', async () => {
    await vote(await running.signedIn('vera'), 'steering', { ada: 1, bob: 2, cy: 3 });
    expect(await at('2026-03-02T12:00:00Z')).toEqual([]);
  });

  it('a hook that is away is tried again after a while, and what another error says is believed', async () => {
    status = 503;
    const first = Date.parse('2026-03-04T23:59:59Z');
    expect(await at(first)).toEqual(all('ends soon'));
    expect(await at(first + MINUTE - 1)).toEqual([]);
    status = 404;
    expect(await at(first + MINUTE)).toEqual(all('ends soon'));
    expect(ids.at(-1), 'known again as the same').toBe(ids.at(-2));
    status = 200;
    expect(await at(first + 20 * MINUTE)).toEqual([]);
    expect(running.log()).toContain('a hook was not told, and is not tried again');
    expect(await at('2026-03-06T23:59:59Z')).toEqual(all('ends soon'));
    expect(ids.at(-1)).not.toBe(ids.at(-2));
  });

  it('the end is told, and the result only when it stands in the repository', async () => {
    expect(await at('2026-03-08T00:00:00Z')).toEqual(all('has ended'));
    const olga = await running.signedIn('olga');
    const file = await olga.api.officer.resultsJson.query({ key: 'steering' });
    writeFileSync(join(meta, 'elections', 'steering', 'results.json'), file);
    writeFileSync(
      join(meta, 'elections', 'steering', 'ballots.csv'),
      await olga.api.officer.ballotsCsv.query({ key: 'steering' }),
    );
    running.clock.set(Date.parse('2026-03-08T12:00:00Z'));
    await running.server.sync();
    await running.server.announce();
    const json = arrived.find(({ path }) => path === '/json');
    expect(took()).toEqual(all('Result'));
    const { type, data } = JSON.parse(json?.body ?? '') as { type: string; data: Record<string, unknown> };
    expect([type, data['elected'], data['turnout']]).toEqual([
      'election.result',
      ['Ada'],
      { cast: 1, eligible: 3 },
    ]);
    const {
      'webhook-id': id,
      'webhook-timestamp': time,
      'webhook-signature': signature,
    } = json?.headers ?? {};
    expect(signature).toBe(standardSignature(SECRET, String(id), String(time), json?.body ?? ''));
    expect(await at('2026-03-09T00:10:00Z')).toEqual([]);
  });

  it('no address of a hook stands in the log', () => {
    expect(running.log()).toContain('a hook was told');
    expect(running.log()).not.toMatch(/\/(slack|discord|matrix|json)\b/);
  });
});
