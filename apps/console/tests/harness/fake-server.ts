/** The server in memory behind HTTP: tRPC answers, native sign-in and live events as the real one gives them. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refused, type Backend, type Change } from '../../src/renderer/backend/backend.ts';
import { createFakeBackend, type FakeControls } from './fake-backend.ts';
import type { FakeElection } from './fixtures.ts';

export interface FakeServer {
  readonly url: string;
  readonly controls: FakeControls;
  /** Requests as `METHOD path`, newest last. */
  readonly requests: string[];
  /** Tokens that are signed in now. */
  readonly tokens: Set<string>;
  /** Whether `officer.live` exists; without it clients poll. */
  setLive(on: boolean): void;
  /** What the server says that it runs. */
  setVersion(version: string): void;
  /** A server that hangs up on everybody. */
  setDown(on: boolean): void;
  /** Ends every open live stream, as a restarted proxy does. */
  dropStreams(): void;
  /** What the officer's browser does with the page that the app opened: allow it, refuse it. */
  browse(url: string, answer?: 'allow' | 'cancel'): Promise<void>;
  close(): Promise<void>;
}

type Call = (backend: Backend, input: never) => Promise<unknown>;

const CALLS: Readonly<Record<string, Call>> = {
  'me.get': async (backend) => {
    const [{ login }, signIn] = [await backend.me(), await backend.provider()];
    return { user: { login }, signIn, now: 0, elections: [] };
  },
  'status.get': async (backend) => ({ version: await backend.version() }),
  'officer.elections': (backend) => backend.overview(),
  'custody.boards': async () => ({
    boards: [],
    officers: [],
    folder: 'elections',
    meta: { url: null, host: null, branch: null, commit: 'a'.repeat(40) },
  }),
  'officer.definition': (backend, { key }: { key: string }) => backend.definition(key),
  'officer.turnout': (backend, { key }: { key: string }) => backend.turnout(key),
  'officer.exceptions': (backend, { key }: { key: string }) => backend.exceptions(key),
  'officer.decide': (backend, input) => backend.decide(input),
  'officer.roll': (backend, { key }: { key: string }) => backend.roll(key),
  'officer.close': (backend, { key }: { key: string }) => backend.close(key),
  'officer.outcome': (backend, { key }: { key: string }) => backend.result(key),
  'officer.publicResult': (backend, { key }: { key: string }) => backend.publicResult(key),
  'officer.ballotsCsv': (backend, { key }: { key: string }) => backend.ballotsCsv(key),
  'officer.resultsJson': (backend, { key }: { key: string }) => backend.resultsJson(key),
  'officer.resultsDraft': (backend, { key }: { key: string }) => backend.resultsDraft(key),
  'officer.recordTieDecision': (
    backend,
    { key, winners, how }: { key: string; winners: string[]; how: string },
  ) => backend.recordTieDecision(key, winners, how),
  'officer.published': (backend, { key }: { key: string }) => backend.published(key),
  'officer.askRestart': (backend, { key }: { key: string }) => backend.restart(key, 'ask'),
  'officer.confirmRestart': (backend, { key }: { key: string }) => backend.restart(key, 'confirm'),
  'officer.cancelRestart': (backend, { key }: { key: string }) => backend.restart(key, 'cancel'),
  'officer.strike': (backend, { key, id, strike }: { key: string; id: string; strike: boolean }) =>
    backend.strike(key, id, strike),
  'officer.audit': (backend, { key }: { key: string }) => backend.audit(key),
  'officer.rehearse': (backend, { key, ballots, seed }: { key: string; ballots: number; seed: number }) =>
    backend.rehearse(key, ballots, seed),
};

export async function startFakeServer(elections: readonly FakeElection[]): Promise<FakeServer> {
  const { backend, controls } = createFakeBackend(elections);
  const tokens = new Set<string>();
  const codes = new Map<string, { challenge: string; redirectUri: string }>();
  const streams = new Set<ServerResponse>();
  const requests: string[] = [];
  let live = true;
  let down = false;
  backend.live({
    onStatus: () => undefined,
    onChange: (change: Change) =>
      streams.forEach((stream) => stream.write(`data: ${JSON.stringify(change)}\n\n`)),
  });

  const server = createServer((request, response) => {
    if (down) {
      request.destroy();
      return;
    }
    void answer(request, response).catch(() => response.writeHead(500).end());
  });
  const json = (response: ServerResponse, status: number, body: unknown): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const refused = (response: ServerResponse, code: string, kind: string | null, message: string): void =>
    json(response, code === 'UNAUTHORIZED' ? 401 : 409, {
      error: {
        message,
        code: -32000,
        data: { code, httpStatus: 409, refusal: kind === null ? null : { kind, message } },
      },
    });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    requests.push(`${request.method} ${url.pathname}`);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (url.pathname === '/auth/native/token')
      return exchange(JSON.parse(await bodyOf(request)) as never, response);
    if (url.pathname === '/auth/native/revoke') {
      tokens.delete(token);
      response.writeHead(204).end();
      return;
    }
    const path = url.pathname.replace('/trpc/', '');
    if (!tokens.has(token)) return refused(response, 'UNAUTHORIZED', 'not-signed-in', 'Sign in first.');
    if (path === 'officer.live') {
      if (!live) return refused(response, 'NOT_FOUND', null, 'There is no such procedure.');
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: connected\ndata: {}\n\n');
      streams.add(response);
      request.on('close', () => streams.delete(response));
      return;
    }
    const call = CALLS[path];
    if (call === undefined) return refused(response, 'NOT_FOUND', null, 'There is no such procedure.');
    const input = request.method === 'POST' ? await bodyOf(request) : (url.searchParams.get('input') ?? '{}');
    try {
      json(response, 200, { result: { data: (await call(backend, JSON.parse(input) as never)) ?? {} } });
    } catch (error) {
      if (error instanceof Refused) refused(response, 'CONFLICT', error.kind, error.message);
      else refused(response, 'INTERNAL_SERVER_ERROR', null, 'Something went wrong.');
    }
  }

  function exchange(
    body: { code: string; verifier: string; redirectUri: string },
    response: ServerResponse,
  ): void {
    const known = codes.get(body.code);
    codes.delete(body.code);
    const challenge = createHash('sha256').update(body.verifier).digest('base64url');
    if (known?.challenge !== challenge || known.redirectUri !== body.redirectUri) {
      json(response, 400, { error: 'invalid_grant' });
      return;
    }
    const token = randomBytes(32).toString('base64url');
    tokens.add(token);
    json(response, 200, { token, login: 'edda-lind', expiresAt: Date.now() + 3_600_000 });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    controls,
    requests,
    tokens,
    setLive: (on) => {
      live = on;
    },
    setVersion: (version) => {
      backend.version = () => Promise.resolve(version);
    },
    setDown: (on) => {
      down = on;
      if (on) streams.forEach((stream) => stream.destroy());
    },
    dropStreams: () => streams.forEach((stream) => stream.destroy()),
    browse: async (opened, decision = 'allow') => {
      const { searchParams } = new URL(opened);
      const redirect = new URL(searchParams.get('redirect_uri') ?? '');
      redirect.searchParams.set('state', searchParams.get('state') ?? '');
      if (decision === 'cancel') redirect.searchParams.set('error', 'access_denied');
      else {
        const code = randomBytes(16).toString('base64url');
        codes.set(code, {
          challenge: searchParams.get('challenge') ?? '',
          redirectUri: searchParams.get('redirect_uri') ?? '',
        });
        redirect.searchParams.set('code', code);
      }
      await fetch(redirect);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
