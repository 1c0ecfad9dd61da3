/** The real server on a free port, with the stand-in for GitHub, a clock of the test's, and a database of choice. */
import type { KdfParameters } from '@elekto/wire';
import { fakeClock, startFakeGitHub, type FakeClock, type FakeGitHub } from '@elekto/testing';
import {
  ALL_DATABASES,
  DATABASES,
  freshDatabase,
  USUAL_DATABASE,
  type DatabaseName,
} from '@elekto/testing/databases';
import { memoryPlace } from '@elekto/testing/memory-place';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { createLog, startServer, type RunningServer, type StartOverrides } from '../../src/index.ts';

import { Browser } from './browser.ts';
import { stubSite, type StubSite } from './stub-site.ts';

export type DatabaseKind = DatabaseName;
export { ALL_DATABASES, DATABASES };

export interface Running {
  readonly server: RunningServer;
  readonly url: string;
  readonly clock: FakeClock;
  readonly gitHub: FakeGitHub;
  readonly site: StubSite;
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** Everything that was logged, as text. */
  log(): string;
  browser(): Browser;
  /** A browser in which `login` is signed in. */
  signedIn(login: string): Promise<Browser>;
  /** Stops the server, lets something happen, and starts it again on what it has left. */
  restart(meanwhile?: () => void): Promise<void>;
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly meta: string;
  readonly people: readonly string[];
  readonly now?: string | number;
  /** Said by who looks into its files, or wants a server that is ready: those that suites share do not write durably. */
  readonly database?: DatabaseKind;
  readonly env?: NodeJS.ProcessEnv;
  readonly overrides?: StartOverrides;
}

/** Well inside the dates that `writeMeta` writes. */
export const DURING = '2026-03-03T12:00:00Z';

/** Stretching that costs nothing: what it protects is not at stake in a test. */
export const CHEAP_KDF: KdfParameters = {
  id: 240,
  algorithm: 'argon2id',
  memoryKiB: 64,
  iterations: 1,
  parallelism: 1,
};

const wide = { perPerson: 1e6, perAddress: 1e6, windowSeconds: 60 };
/** Limits that no test reaches; those that test limits bring their own. */
export const NO_LIMITS = {
  read: wide,
  cast: wide,
  passphrase: wide,
  exception: wide,
  officer: wide,
  board: wide,
  'sign-in': wide,
  webhook: wide,
};

export async function run(options: RunOptions): Promise<Running> {
  const clock = fakeClock(options.now ?? DURING);
  const site = stubSite();
  const gitHub = await startFakeGitHub({
    people: options.people.map((login, i) => ({
      id: 1000 + i,
      login,
      name: login,
      about: 'A person of the test.',
    })),
  });
  const dataDir = join(mkdtempSync(join(memoryPlace(), 'elekto-data-')), 'data');
  const kind = options.database ?? USUAL_DATABASE;
  const fresh = kind === 'sqlite' ? null : await freshDatabase(kind, dataDir);
  const lines: string[] = [];
  const env: NodeJS.ProcessEnv = {
    PORT: '0',
    ELEKTO_META: options.meta,
    ELEKTO_META_POLL: '0',
    ELEKTO_DATA_DIR: dataDir,
    ELEKTO_DEMO_SIGN_IN: gitHub.url,
    ELEKTO_WEBHOOK_SECRET: 'a webhook secret',
    ...(fresh && { ELEKTO_DATABASE_URL: fresh.url }),
    ...options.env,
  };
  const start = (): Promise<RunningServer> =>
    startServer(env, {
      clock: () => clock.now(),
      siteBuilder: site,
      limits: NO_LIMITS,
      kdf: CHEAP_KDF,
      log: createLog('debug', { write: (line) => void lines.push(line) }),
      consoleDir: join(dataDir, 'no-console'),
      quiet: 0,
      ...options.overrides,
    });
  let server = await start();
  const browser = (): Browser => new Browser(server.url);
  return {
    get server() {
      return server;
    },
    get url() {
      return server.url;
    },
    clock,
    gitHub,
    site,
    dataDir,
    env,
    log: () => lines.join(''),
    browser,
    async signedIn(login) {
      const one = browser();
      await one.signIn(login);
      return one;
    },
    async restart(meanwhile) {
      await server.close();
      meanwhile?.();
      server = await start();
    },
    async stop() {
      await server.close();
      await gitHub.close();
      await fresh?.drop();
      rmSync(join(dataDir, '..'), { recursive: true, force: true });
    },
  };
}
