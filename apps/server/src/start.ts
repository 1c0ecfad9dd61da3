/** The composition root: from the environment to a listening server, in an order that leaves nothing half-made. */
import {
  CLOCK_NOTE,
  createBallotBox,
  KeysError,
  notesIn,
  openKeysFor,
  type BallotBox,
  type KeyStore,
} from '@elekto/ballot-box';
import { type KdfParameters } from '@elekto/wire';
import type { Database } from '@elekto/db';
import type { Instant } from '@elekto/election';
import type { LoginRule } from '@elekto/election';
import { MetaRepoError, openMetaRepo, type MetaRepo, type MetaSnapshot } from '@elekto/metarepo';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { Announcer } from './announce/announcer.ts';
import { Backups } from './backup/backups.ts';
import type { Fetch } from './auth/openid.ts';
import { assumedLoginRule, keepLoginRule, keepProvider } from './auth/provider-memory.ts';
import { readConfig, type Config } from './config/config.ts';
import { openDatabase, prepareSchema } from './database.ts';
import { makePlaces } from './first-traces.ts';
import { buildApp } from './http/app.ts';
import { closable, type Stop } from './http/close-server.ts';
import { DEFAULT_PACE, type Pace } from './http/gate.ts';
import { createLimiter, DEFAULT_LIMITS, type Limits } from './http/limits.ts';
import { sharedUses } from './http/shared-uses.ts';
import { createLog, type Logger } from './log.ts';
import { readinessOf } from './readiness.ts';
import { StartError } from './start-error.ts';
import { CONSOLE_DIR, workspaceSiteBuilder } from './site/site-builder.ts';
import { loadSite, type SiteFiles } from './site/site-files.ts';
import { siteData } from './site/site-snapshot.ts';
import { KeptPages } from './site/kept-pages.ts';
import { SiteStore, type SiteBuilder } from './site/site-store.ts';
import { readStatus } from './status.ts';
import { sharedAnswer } from './shared-answer.ts';
import { believeClock, guardClock } from './sync/clock-guard.ts';
import { definitionKeeper, keptDefinitions } from './sync/keep-definitions.ts';
import { createPeers } from './sync/peers.ts';
import type { StepLimits } from './sync/steps.ts';
import { Sync, type SyncParts } from './sync/sync.ts';
import { timeHostsOf } from './sync/time-hosts.ts';
import { watchClock } from './watch/clock-watch.ts';
import type { PrometheusMetric } from './watch/otlp.ts';
import { untraced, type Trace } from './watch/trace.ts';
import { TakesTooLong, within } from './within.ts';

export interface StartOverrides {
  /** Tells a person at the terminal what is being done. */
  readonly say?: (line: string) => void;
  readonly log?: Logger;
  /** The clock for phases and sessions; the database's own when absent. */
  readonly clock?: () => Instant;
  readonly siteBuilder?: SiteBuilder;
  readonly consoleDir?: string;
  /** Resolves when the console is in its directory, or will not come; until then its address says that it is being built. */
  readonly consoleMade?: Promise<unknown>;
  /** Passphrase stretching; only tests give others than the production parameters. */
  readonly kdf?: KdfParameters;
  readonly limits?: Limits;
  /** How fast one address is let in; as fast as it asks when only `limits` are given. */
  readonly pace?: Pace;
  /** Ms a client gets to send its headers, and its whole request; a database server, to come up; a build of the pages; a repository of which there is a copy, and one at any time; a look at it before it is told of. */
  readonly patience?: {
    readonly headers?: number;
    readonly request?: number;
    readonly database?: number;
    readonly build?: number;
    readonly firstLook?: number;
    readonly silence?: number;
    readonly look?: number;
  };
  /** Asks the provider of accounts; only tests give another. */
  readonly providerFetch?: Fetch;
  /** Puts something around the ballot box; only tests do. */
  readonly around?: (box: BallotBox) => BallotBox;
  /** Whose time the database's clock is compared with; nobody's under a clock of the test's. */
  readonly timeHosts?: readonly string[];
  /** Ms that connections without a request stay when the server stops; only tests give less. */
  readonly quiet?: number;
  /** Ms between two exports of telemetry; only tests give less than may be set. */
  readonly exportEvery?: number;
  /** How long a step of an election's upkeep may take. */
  readonly stepLimits?: StepLimits;
}

export interface RunningServer {
  /** The base URL. */
  readonly url: string;
  readonly config: Config;
  /** What is read of the meta repository at this moment. */
  snapshot(): MetaSnapshot | null;
  /** Reads the meta repository now. */
  sync(): Promise<void>;
  /** Does what is due by the clock now. */
  tick(): Promise<void>;
  /** Makes the backups that are due now. */
  backUp(): Promise<void>;
  /** Tells the hooks what is due now. */
  announce(): Promise<void>;
  /** Finishes what is under way, then stops. */
  close(): Promise<void>;
}

/** Ms: whoever asks how things are within them gets one answer. */
const SHARED = 1000;

/** Seconds in which one server of several tries to make a backup. */
const RETRY_BACKUP = 300;

/** Open requests get this long to finish after a stop was asked for, ms. */
const DRAIN = 7000;
/** And a connection without a request so long after its last one, ms: a proxy picks the one it used last. */
const QUIET = 1000;
/** Whatever hangs, each further step of a stop gets no longer than this, ms: fifteen seconds are all of it. */
const GOODBYE = 3000;
/** A repository of which there is a copy gets this long to answer at a start, ms. */
const FIRST_LOOK = 5000;

/**
 * Starts the server of `env`; resolves when it serves the elections.
 * @throws {ConfigError | StartError} whose message says, a line each, what to change. Nothing is left behind then.
 */
export async function startServer(
  env: NodeJS.ProcessEnv,
  overrides: StartOverrides = {},
): Promise<RunningServer> {
  const { config: wanted, notes } = readConfig(env);
  const log = overrides.log ?? createLog(levelFor(env, wanted, overrides));
  const say = overrides.say ?? (() => undefined);
  for (const note of notes) log.warn(note);
  const undo: (() => Promise<void> | void)[] = [];
  try {
    // The port first: it is the likeliest thing to be taken, and taking it changes nothing. It is given back until
    // there is something to serve: to listen is to be ready, and a proxy goes elsewhere meanwhile.
    const server = createHttpServer({ headers: 10_000, request: 30_000, ...overrides.patience });
    const port = await listen(server, wanted);
    const stop = closable(server);
    await stop({ drain: 0, quiet: 0 });
    undo.push(() => stop({ drain: 0, quiet: 0 }));
    const config: Config = { ...wanted, port, url: wanted.url.replace(/:0$/, `:${port}`) };
    const figures: { read: Figures } = { read: () => Promise.resolve([]) };
    const telemetry = config.otlp
      ? (await import('./watch/telemetry.ts')).startTelemetry({
          settings: { ...config.otlp, intervalMs: overrides.exportEvery ?? config.otlp.intervalMs },
          log,
          figures: () => figures.read(),
        })
      : null;
    if (telemetry) undo.push(() => telemetry.stop());
    const trace = telemetry?.trace ?? untraced;
    const parts = { config, server, stop, log, say, overrides, undo, trace, figures };
    const running = await trace('start', () => compose(parts));
    return { ...running, close: () => running.close().then(() => telemetry?.stop()) };
  } catch (error) {
    for (const step of undo.reverse()) await step();
    if (error instanceof MetaRepoError || error instanceof KeysError) throw new StartError(error.message);
    throw error;
  }
}

type Figures = () => Promise<readonly PrometheusMetric[]>;

interface StartParts {
  readonly config: Config;
  readonly server: Server;
  readonly stop: (how: Stop) => Promise<void>;
  readonly log: Logger;
  readonly say: (line: string) => void;
  readonly overrides: StartOverrides;
  /** What a failing start does, last first. */
  readonly undo: (() => Promise<void> | void)[];
  readonly trace: Trace;
  /** Set to what telemetry sends, when there is any. */
  readonly figures: { read: Figures };
}

async function compose(parts: StartParts): Promise<RunningServer> {
  const { config, server, stop, log, say, overrides, undo, trace } = parts;
  const places = makePlaces(config);
  undo.push(() => places.remove());
  const { clock, kdf } = overrides;

  // First everything that others must provide. What is hard to take back, keys and tables, is made after it.
  say('Opening the database ...');
  const pepper = (): Uint8Array => {
    if (keys === null) throw new Error('the keys are not open yet');
    return keys.sessionPepper;
  };
  let keys: KeyStore | null = null;
  const db: Database = await openDatabase({
    url: config.databaseUrl,
    pepper,
    log,
    say,
    patience: overrides.patience?.database,
  });
  undo.push(() => db.close());
  const builder = overrides.siteBuilder ?? (await workspaceSiteBuilder());
  const store = new SiteStore(
    join(config.dataDir, 'site'),
    {
      ...builder,
      build: (files) => trace('build the pages', () => builder.build(files)),
    },
    { longestBuild: overrides.patience?.build, told: tellProgress(say) },
  );
  undo.push(() => store.stop());
  // Beside the reading of the elections: what renders takes as long to start as all that comes before the first page.
  store.prepare();
  say('Reading the elections ...');
  const now = clock ? () => Promise.resolve(clock()) : () => db.read((em) => db.now(em));
  const readBy = async (rule: LoginRule): Promise<{ repo: MetaRepo; read: SyncParts['first'] }> => {
    const followed = await openMetaRepo({
      ...config.meta,
      ...rule,
      cacheDir: join(config.dataDir, 'meta-cache'),
      patience: overrides.patience?.silence,
    });
    undo.push(() => followed.close());
    const repo: MetaRepo = { ...followed, sync: () => trace('read the repository', () => followed.sync()) };
    return { repo, read: await firstRead(repo, overrides.patience?.firstLook ?? FIRST_LOOK, now, log, say) };
  };
  const assumed = assumedLoginRule(config.signIn);
  const before = await readBy(assumed);
  await prepareSchema(db, config.databaseUrl);
  keys = await openKeysFor(db, config.secretsDir);
  const notes = notesIn({ db, keys });
  await keepProvider(db, notes, config.signIn);
  const rule = await keepLoginRule(db, notes, config.signIn);
  // A database of before that remembers another rule than the one of today.
  const isRemembered = rule.logins !== assumed.logins;
  if (isRemembered) await before.repo.close();
  const { repo, read } = isRemembered ? await readBy(rule) : before;
  // What replicas serve of running elections, where a file that they have read before is broken now.
  const snapshot = (await repo.adopt(await keptDefinitions(notes))) ?? read.definitions.snapshot;
  const first = { ...read, definitions: { ...read.definitions, snapshot } };
  const accepted = async (): Promise<Instant | null> => {
    const said = (await notes.read(CLOCK_NOTE)).get(CLOCK_NOTE);
    return said === undefined ? null : Number(said);
  };
  const hosts = overrides.timeHosts ?? (clock ? null : timeHostsOf(config));
  const doubt = hosts === null ? believeClock : guardClock({ hosts, accepted });
  const plain = createBallotBox({
    db,
    keys,
    doubt,
    ...(clock && { now: () => Promise.resolve(clock()) }),
    ...(kdf && { kdf }),
  });
  const box = overrides.around?.(plain) ?? plain;

  await store.openNewest();
  const standings = sharedAnswer(SHARED, () => box.standings());
  const peers = createPeers({
    databaseUrl: config.databaseUrl,
    notes,
    heard: (commit) => commit !== sync.snapshot.commit && void sync.look(),
    log,
  });
  undo.push(() => peers.close());
  const sync: Sync = new Sync({
    box,
    repo,
    store,
    ...(config.pagesDir !== null && { keptPages: new KeptPages(config.pagesDir) }),
    now,
    log,
    trace,
    first,
    doubt,
    keepDefinitions: definitionKeeper(notes, () => repo.lastGood()),
    pollMs: config.meta.pollMs,
    longestLook: overrides.patience?.look,
    announce: (commit) => peers.announce(commit),
    onChange: () => [standings, status, readiness].forEach((answer) => answer.forget()),
    data: async () => siteData(sync, { config, box, standings: await standings.get(), now: await now() }),
    ...(overrides.stepLimits && { limits: overrides.stepLimits }),
  });
  undo.push(() => sync.stop());
  const uses = sharedUses(db);
  undo.push(() => uses.stop());
  const backups = new Backups({
    config,
    log,
    now,
    // A server that tried in vain leaves the next try to whoever comes first.
    claim: (name) => (uses.counts === null ? Promise.resolve(true) : uses.once(name, RETRY_BACKUP)),
    keysMissing: () => box.keysMissing(),
  });
  undo.push(() => backups.stop());
  const announcer = new Announcer({
    settings: config.announce,
    box,
    url: config.url,
    snapshot: () => sync.snapshot,
    standings: () => box.standings(),
    trouble: (key) => sync.troubles.of(key),
    notes,
    now,
    claim: (name, seconds) => uses.once(name, seconds),
    log,
  });
  undo.push(() => announcer.stop());
  const told = { box, sync, store, now, backups, standings: () => standings.get() };
  const status = sharedAnswer(SHARED, () => readStatus(told));
  const readiness = sharedAnswer(0, () =>
    readinessOf({ db, sync, store, now, backups, secretsDir: config.secretsDir }),
  );
  const consoleDir = overrides.consoleDir ?? CONSOLE_DIR;
  let consoleFiles: SiteFiles | 'being built' | null = await loadConsole(consoleDir);
  if (overrides.consoleMade) {
    consoleFiles ??= 'being built';
    void overrides.consoleMade
      .then(() => loadConsole(consoleDir))
      .catch(() => null)
      .then((files) => (consoleFiles = files));
  }

  const stopping = new AbortController();
  const watched = config.metrics || config.otlp !== null;
  const clockWatch = watched && hosts !== null ? watchClock(now, hosts) : null;
  undo.push(() => clockWatch?.stop());
  const metrics = watched
    ? (await import('./http/metrics.ts')).createMetrics({
        sync,
        store,
        backups,
        standings: () => standings.get(),
        now,
        surroundings: {
          config,
          readiness: () => readiness.get(),
          clock: clockWatch,
          announcementsLost: () => announcer.lost(),
        },
      })
    : null;
  if (metrics) parts.figures.read = metrics.figures;
  const app = buildApp({
    config,
    providerFetch: overrides.providerFetch,
    db,
    sealKey: keys.sessions,
    endedSignIns: keys.endedSignIns,
    box,
    now,
    log,
    limiter: createLimiter(overrides.limits ?? DEFAULT_LIMITS, { shared: uses.counts }),
    once: (name, seconds) => uses.once(name, seconds),
    snapshot: () => sync.snapshot,
    fetchedFrom: () => sync.fetchedFrom,
    standings: () => standings.get(),
    trouble: (key) => sync.troubles.of(key),
    site: () => store.state.site,
    previousSite: () => store.state.previous,
    console: () => consoleFiles,
    requestSync: () => void sync.look(),
    stopping: stopping.signal,
    rule,
    count: metrics?.count,
    pace: overrides.pace ?? (overrides.limits ? null : DEFAULT_PACE),
    extra: metrics && config.metrics ? [metrics.routes] : [],
    status: () => status.get(),
    readiness: () => readiness.get(),
  });
  server.on('request', app);

  say('Building the pages ...');
  await sync.start();
  if (store.state.site === null) {
    throw new StartError(`There are no pages to serve: ${store.state.problem ?? 'none were built'}`);
  }
  if (store.state.problem !== null) say(`  ${store.state.problem}`);
  await listen(server, config);
  log.info({ url: config.url, commit: sync.snapshot.commit }, 'ready');
  backups.start();
  announcer.start();

  let closing: Promise<void> | null = null;
  return {
    url: config.url,
    config,
    snapshot: () => sync.snapshot,
    sync: () => sync.sync(),
    tick: () => sync.tick(),
    backUp: () => backups.round(),
    announce: () => announcer.round(),
    close() {
      closing ??= (async () => {
        log.info('stopping');
        void store.stop();
        stopping.abort();
        await stop({ drain: DRAIN, quiet: overrides.quiet ?? QUIET });
        uses.stop();
        clockWatch?.stop();
        await atMost(
          GOODBYE,
          Promise.all([sync.stop(), backups.stop(), announcer.stop(), peers.close(), repo.close()]),
        );
        await atMost(GOODBYE, db.close());
        log.info('stopped');
      })();
      return closing;
    },
  };
}

/**
 * Reads the repository. When it cannot be reached, or not soon, and an earlier run has left a copy, that is served
 * until it can: an outage elsewhere must not keep people from voting.
 */
async function firstRead(
  repo: MetaRepo,
  patience: number,
  now: () => Promise<Instant>,
  log: Logger,
  say: (line: string) => void,
): Promise<SyncParts['first']> {
  const at = await now();
  const looking = repo.sync();
  try {
    const snapshot = await within(patience, looking);
    return { definitions: { snapshot, fetchedFrom: at }, at, problem: null };
  } catch (error) {
    const late = error instanceof TakesTooLong;
    const kept = late || error instanceof MetaRepoError ? await repo.recall() : null;
    if (kept === null)
      return { definitions: { snapshot: await looking, fetchedFrom: at }, at, problem: null };
    looking.catch(() => undefined);
    const problem = late
      ? `The meta repository has not answered within ${Math.round(patience / 1000)} s.`
      : (error as Error).message;
    log.warn({ problem, commit: kept.commit }, 'the meta repository cannot be read; its last copy is served');
    say(`  ${problem} Its last copy is served.`);
    return { definitions: { snapshot: kept, fetchedFrom: 0 }, at, problem };
  }
}

/** Ms. */
const PROGRESS = 2000;

/** Says how far a long build has come, every few seconds. */
function tellProgress(say: (line: string) => void): (made: number, of: number) => void {
  let next = Date.now() + PROGRESS;
  return (made, of) => {
    if (made === 0) next = Date.now() + PROGRESS;
    if (Date.now() < next) return;
    next = Date.now() + PROGRESS;
    say(`  ${made.toLocaleString('en')} of ${of.toLocaleString('en')} files ...`);
  };
}

/** Waits for a step of a stop, and no longer than `ms`; what is left of it ends with the process. */
const atMost = (ms: number, step: Promise<unknown>): Promise<unknown> =>
  within(ms, step).catch(() => undefined);

/** Where a person is told what happens, the log says only what is wrong, unless it was asked for more. */
function levelFor(env: NodeJS.ProcessEnv, config: Config, overrides: StartOverrides): string {
  return overrides.say && !env['LOG_LEVEL'] ? 'warn' : config.logLevel;
}

/** Gives slow or silent clients little time. */
function createHttpServer(patience: { readonly headers: number; readonly request: number }): Server {
  const options = {
    headersTimeout: patience.headers,
    requestTimeout: patience.request,
    connectionsCheckingInterval: Math.min(2000, patience.headers / 2),
  };
  const server = createServer(options);
  server.keepAliveTimeout = 65_000;
  server.maxHeadersCount = 100;
  server.timeout = 120_000;
  return server;
}

function listen(server: Server, { host, port }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why: Record<string, string> = {
        EADDRINUSE: `Port ${port} is taken: stop what listens there, or set PORT to another.`,
        EACCES: `Port ${port} may not be used by this account: set PORT to one above 1023.`,
        EADDRNOTAVAIL: `HOST=${host} is not an address of this machine.`,
        ENOTFOUND: `HOST=${host} is not an address of this machine.`,
      };
      reject(
        new StartError(
          why[error.code ?? ''] ?? `The server cannot listen on ${host}:${port} (${error.code}).`,
        ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function loadConsole(dir: string): Promise<SiteFiles | null> {
  return existsSync(join(dir, 'index.html')) ? loadSite(dir, { prefix: '/console/' }) : null;
}
