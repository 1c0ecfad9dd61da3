/**
 * Renders the public site, in a process of its own. `buildSite` is one call, one process, one fresh folder; `siteRenderer`
 * keeps the process for the next site, which it makes of the one before and what has changed.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startedInPiece } from '../scripts/one-piece.mjs';
import { takeNote } from './src/build/making.ts';
import type { FromRenderer, ToRenderer } from './src/build/messages.ts';

export type { Organisation, SiteElection, SiteSnapshot, UnreadableElection } from './src/data/model.ts';
export { INDEX_FILE } from './src/data/model.ts';
export { digestOfSources } from './src/build/sources.ts';

export interface BuildOptions {
  /** A `SiteSnapshot` as JSON. */
  readonly dataFile: string;
  /** Emptied and filled. */
  readonly outDir: string;
  /** Keeps bundles and rendered Markdown from build to build; a folder of the site when left out. */
  readonly cacheDir?: string;
  /** Gives up the build; the promise rejects. */
  readonly signal?: AbortSignal;
}

export interface RenderOptions extends Omit<BuildOptions, 'cacheDir'> {
  /**
   * A site of this renderer or an earlier one, in a folder beside `outDir`. `outDir` then holds what is not as it is there,
   * and `.site.json`, which names the folder of each file. Null renders everything, in a new process.
   */
  readonly before: string | null;
  /** Told of each file of a change, and of a whole site now and then: how many are there already, of how many. */
  readonly told?: (made: number, of: number) => void;
}

export interface BuildReport {
  readonly pages: number;
  /** Files that were made; the others are those of the site before. */
  readonly made: number;
  readonly milliseconds: number;
}

/** The build failed; the message is what the build said, for the log. */
export class SiteBuildError extends Error {
  override readonly name = 'SiteBuildError';
}

const RUN = fileURLToPath(new URL('./src/build/run.ts', import.meta.url));

/** The program of the process: also for who is not in one piece that of a server that is, where it was made of these sources. */
const program = (): string => (RUN.endsWith('.ts') ? (startedInPiece('site/src/build/run.ts') ?? RUN) : RUN);

export interface RendererOptions {
  readonly cacheDir?: string;
  /** Ms that one page may take; default 60,000. */
  readonly pageMs?: number;
  /** Ms after which a process that has nothing to do ends; default ten minutes. */
  readonly idleMs?: number;
  /** The module that the process runs; a test's own. */
  readonly script?: string;
}

export interface SiteRenderer {
  /**
   * Makes a site; one at a time. Where it cannot be made of the one before, everything is rendered once more by a new process.
   * @throws SiteBuildError when the data cannot be read or a page does not render.
   */
  render(options: RenderOptions): Promise<BuildReport>;
  /** Starts the process: it is ready the sooner when a site is asked for. */
  open(): void;
  /** Of the process, while there is one. */
  readonly pid: number | undefined;
  /** Ends the process; resolves when it has ended, and writes nothing any more. */
  close(): Promise<void>;
}

const PAGE_MS = 60_000;
const IDLE_MS = 600_000;

/** A renderer that starts its process when it is asked for a site, and again whenever that has ended. */
export function siteRenderer({
  cacheDir,
  pageMs = PAGE_MS,
  idleMs = IDLE_MS,
  script = program(),
}: RendererOptions = {}): SiteRenderer {
  let child: Child | null = null;
  let idle: NodeJS.Timeout | undefined;
  /** Whether the process has been asked for a site. */
  let isUsed = false;
  const end = (): Promise<void> => {
    clearTimeout(idle);
    const ended = child?.end();
    child = null;
    return ended ?? Promise.resolve();
  };
  const open = (): Child => {
    if (child?.ended !== false) {
      child = startChild(script, cacheDir);
      isUsed = false;
    }
    return child;
  };
  async function once(options: RenderOptions): Promise<BuildReport> {
    clearTimeout(idle);
    // What a site is made of from nothing knows nothing of those before.
    if (options.before === null && isUsed) void end();
    const renderer = open();
    isUsed = true;
    try {
      return await ask(renderer, options, pageMs);
    } catch (error) {
      // Nobody knows what state it is in.
      void end();
      throw error;
    } finally {
      idle = setTimeout(() => void end(), idleMs).unref();
    }
  }
  return {
    async render(options) {
      try {
        return await once(options);
      } catch (error) {
        if (options.before === null || options.signal?.aborted === true) throw error;
        return once({ ...options, before: null });
      }
    },
    get pid() {
      return child?.process.pid;
    },
    open: () => void open(),
    close: end,
  };
}

/** @throws SiteBuildError when the data cannot be read or a page does not render. */
export async function buildSite({ cacheDir, ...options }: BuildOptions): Promise<BuildReport> {
  const child = startChild(program(), cacheDir);
  try {
    return await ask(child, { ...options, before: null }, PAGE_MS, false);
  } finally {
    void child.end();
  }
}

/** What the system's way to end a process tells of why, for whoever runs the server. */
const ENDINGS: Readonly<Record<string, string>> = {
  SIGKILL: 'was killed: was the memory used up? A build takes up to 600 MB for some seconds',
  SIGABRT: 'gave up: was its memory used up? A build takes up to 600 MB for some seconds',
};

interface Child {
  readonly process: ChildProcess;
  readonly ended: boolean;
  /** What it has written so far. */
  said(): string;
  end(): Promise<void>;
}

function startChild(script: string, cacheDir: string | undefined): Child {
  const child = fork(script, {
    // A young generation of less than V8's saves a build nearly 100 MB beside the server and costs it no time; a still smaller one has each
    // change of a large site collect all that the process keeps of it.
    execArgv: ['--max-semi-space-size=8', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...publicEnvironment(process.env),
      NODE_ENV: 'production',
      ASTRO_TELEMETRY_DISABLED: '1',
      // An account without a home, as in a container, must do; and nothing is looked up in anybody's.
      HOME: tmpdir(),
      ...(cacheDir === undefined ? {} : { ELEKTO_SITE_CACHE: cacheDir }),
    },
  });
  let said = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      ended = true;
      resolve();
    });
    // One that could not be started has no end.
    child.on('error', (error) => {
      said += error.message;
      resolve();
    });
  });
  // It does not hold back the end of a process that has nothing else to do.
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr])
    (stream as unknown as { unref?: () => void } | null)?.unref?.();
  return {
    process: child,
    get ended() {
      return ended;
    },
    said: () => said,
    end() {
      if (!ended) child.kill('SIGKILL');
      return gone;
    },
  };
}

function ask(
  { process: child, said }: Child,
  { dataFile, outDir, before, signal, told }: RenderOptions,
  pageMs: number,
  indexed = true,
): Promise<BuildReport> {
  return new Promise((resolve, reject) => {
    let making = 'the start';
    const fail = (what: string): void => {
      takeNote(outDir);
      done(() => reject(new SiteBuildError(`The site build failed:\n${what.trim().slice(-4000)}`)));
    };
    // Also keeps the parent awake while it waits.
    const within = (ms: number): NodeJS.Timeout =>
      setTimeout(
        () => fail(`Error: ${takeNote(outDir) ?? making} took longer than ${ms / 1000} seconds`),
        ms,
      );
    let timer = within(10 * pageMs);
    const aborted = (): void => fail('Error: the build was given up');
    const exited = (_code: number | null = null, by: NodeJS.Signals | null = null): void =>
      fail(`${said()}\nError: the process that renders ${ENDINGS[by ?? ''] ?? 'has ended'}`);
    const heard = (message: FromRenderer): void => {
      if (message.kind === 'failed') return fail(message.said);
      if (message.kind === 'made') {
        const { pages, made, milliseconds } = message;
        return done(() => resolve({ pages, made, milliseconds }));
      }
      making = message.file;
      clearTimeout(timer);
      timer = within(pageMs);
      told?.(message.made, message.of);
    };
    const done = (settle: () => void): void => {
      clearTimeout(timer);
      child.off('message', heard);
      child.off('exit', exited);
      signal?.removeEventListener('abort', aborted);
      settle();
    };
    child.on('message', heard);
    child.once('exit', exited);
    signal?.addEventListener('abort', aborted);
    if (signal?.aborted === true) return aborted();
    const job: ToRenderer = { dataFile, outDir, before, indexed };
    child.send(job, (error) => error && exited(child.exitCode, child.signalCode));
  });
}

/** Without the server's settings: what renders texts of strangers has no use for its secrets. */
export function publicEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const entries = Object.entries(environment);
  return Object.fromEntries(entries.filter(([name]) => !/^(ELEKTO|APP|DB|GITHUB|META|OTEL)_/.test(name)));
}
