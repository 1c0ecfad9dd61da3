/**
 * Starts the app's real main process in a Node process of its own, with the double in Electron's place,
 * and gives it real Chromium pages. What it returns has the shape of Playwright's `_electron.launch`, so
 * that one suite runs on both.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page, Request } from 'playwright-core';
import { bareEnvironment } from '@elekto/testing';
import { launchChromium } from '@elekto/testing/chromium';
import { encode } from './codec.ts';
import type { Machine } from './main-side/state.ts';
import { toApp, toBrowser } from './origin-map.ts';
import { Wire } from './wire.ts';

const WORLD = 'electron-isolated-world';
/** What Chromium can ask for, as Electron's handlers name it. */
const PERMISSIONS = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  'clipboard-read': 'clipboard-read',
  camera: 'media',
  microphone: 'media',
  midi: 'midi',
} as const;

export interface LaunchOptions {
  /** The built main, `out/main/index.js`. */
  readonly main: string;
  readonly machine: Machine;
  readonly env?: Readonly<Record<string, string>>;
  readonly browser?: Browser;
  /** The words that the app is started with. */
  readonly args?: readonly string[];
}

interface WindowState {
  page: Page;
  session: CDPSession;
  readonly preload: string;
  /** Where the app itself asked to go: no `will-navigate` for that. */
  expected: string | null;
  /** Isolated worlds by their context's id: whether they are the top frame's. */
  contexts: Map<number, { main: boolean }>;
}

const pageSide = (name: string): string =>
  stripTypeScriptTypes(readFileSync(join(import.meta.dirname, 'page-side', name), 'utf8'));

export class DoubleApp {
  readonly #child: ChildProcess;
  readonly #context: BrowserContext;
  readonly #wire: Wire;
  readonly #windows = new Map<number, WindowState>();
  readonly #waiting: ((page: Page) => void)[] = [];
  readonly exited: Promise<number | null>;
  /** Everything the app wrote to its outputs. */
  output = '';

  private constructor(child: ChildProcess, context: BrowserContext) {
    this.#child = child;
    this.#context = context;
    child.stdout?.on('data', (data: Buffer) => (this.output += data.toString()));
    child.stderr?.on('data', (data: Buffer) => (this.output += data.toString()));
    this.exited = new Promise((resolve) => child.once('exit', resolve));
    this.#wire = new Wire(
      {
        // An app that ends meanwhile hears nothing any more: `exited` tells that, and no error beside it.
        send: (message) => void (child.connected && child.send(message as object, () => undefined)),
        listen: (listener) => void child.on('message', listener),
      },
      {
        started: () => undefined,
        createWindow: (params: never) => this.#createWindow(params),
        loadURL: (params: never) => this.#loadUrl(params),
        reload: ({ id }: { id: number }) => this.#reload(id),
        closeWindow: ({ id }: { id: number }) => this.#closeWindow(id),
        send: (params: never) => this.#send(params),
        printToPDF: (params: never) => this.#pdf(params),
        theme: ({ theme }: { theme: 'system' | 'light' | 'dark' }) => this.#theme(theme),
      },
    );
    void this.exited.then(() => this.#wire.end('The app has ended.'));
  }

  static async launch({ main, machine, env = {}, browser, args = [] }: LaunchOptions): Promise<DoubleApp> {
    const own = browser ?? (await launchChromium());
    const context = await own.newContext({ viewport: { width: 1280, height: 860 } });
    const child = fork(main, args, {
      execArgv: ['--no-warnings', `--import=${join(import.meta.dirname, 'main-side/register.mjs')}`],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...bareEnvironment(), TZ: 'UTC', ...env, ELECTRON_DOUBLE: JSON.stringify(machine) },
    });
    const app = new DoubleApp(child, context);
    if (browser === undefined) void app.exited.then(() => own.close().catch(() => undefined));
    await context.route('**/*', (route) => app.#route(route));
    await app.#wire.ask('ready').catch(() => undefined);
    return app;
  }

  context(): BrowserContext {
    return this.#context;
  }

  process(): ChildProcess {
    return this.#child;
  }

  windows(): Page[] {
    return [...this.#windows.values()].map(({ page }) => page);
  }

  async firstWindow(): Promise<Page> {
    const [first] = this.windows();
    if (first !== undefined && first.url() !== 'about:blank') return first;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Runs a function in the main process, with Electron's modules and one cloneable argument. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the modules are Electron's or the double's
  evaluate<T, A>(run: (electron: any, argument: A) => T | Promise<T>, argument?: A): Promise<T> {
    return this.#wire.ask<T>('evaluate', { source: run.toString(), argument });
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.connected) {
      await this.#wire.ask('quit').catch(() => undefined);
      // What it keeps as it goes, it keeps on a busy machine too.
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), 30_000);
      await this.exited;
      clearTimeout(timer);
    }
    await this.#context.close().catch(() => undefined);
  }

  async #createWindow({
    id,
    bounds,
    preload,
  }: {
    id: number;
    bounds: { width: number; height: number };
    preload: string;
  }) {
    const state = await this.#openPage(id, preload, bounds);
    this.#windows.set(id, state);
  }

  async #openPage(
    id: number,
    preload: string,
    size: { width: number; height: number },
  ): Promise<WindowState> {
    const page = await this.#context.newPage();
    await page.setViewportSize({ width: size.width, height: size.height });
    const session = await this.#context.newCDPSession(page);
    const contexts: WindowState['contexts'] = new Map();
    const state: WindowState = { page, session, preload, expected: null, contexts };
    const { frameTree } = await session.send('Page.getFrameTree');
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string };
      if (context.name === WORLD) contexts.set(context.id, { main: frameId === frameTree.frame.id });
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      contexts.delete(executionContextId),
    );
    session.on('Runtime.executionContextsCleared', () => contexts.clear());
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === '__doubleSend') void this.#fromPage(id, state, payload, executionContextId);
    });
    await session.send('Page.enable');
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: '__doubleSend', executionContextName: WORLD });
    const isolated = pageSide('isolated-world.ts').replace('void __PRELOAD__;', () => preload);
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: isolated, worldName: WORLD });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageSide('main-world.ts') });
    const granted = await this.#wire.ask<string[]>('permissions', { id, names: Object.values(PERMISSIONS) });
    await this.#context.grantPermissions(
      Object.entries(PERMISSIONS).flatMap(([name, electron]) => (granted.includes(electron) ? [name] : [])),
    );
    page.on('load', () => {
      void this.#wire.ask('loaded', { id, url: toApp(page.url()) }).catch(() => undefined);
      for (const resolve of this.#waiting.splice(0)) resolve(page);
    });
    page.on('popup', (popup) => void popup.close().catch(() => undefined));
    page.on('crash', () => void this.#wire.ask('gone', { id }).catch(() => undefined));
    return state;
  }

  async #loadUrl({ id, url }: { id: number; url: string }): Promise<void> {
    const state = this.#windows.get(id);
    if (state === undefined) return;
    state.expected = toBrowser(url);
    await state.page.goto(state.expected);
  }

  /** A crashed page cannot be used again; Electron, too, starts a new process for it. */
  async #reload(id: number): Promise<void> {
    const state = this.#windows.get(id);
    if (state === undefined) return;
    const url = state.page.url();
    const size = state.page.viewportSize() ?? { width: 1280, height: 860 };
    await state.page.close().catch(() => undefined);
    const next = await this.#openPage(id, state.preload, size);
    this.#windows.set(id, next);
    next.expected = url;
    await next.page.goto(url);
  }

  async #closeWindow(id: number): Promise<void> {
    const state = this.#windows.get(id);
    this.#windows.delete(id);
    await state?.page.close().catch(() => undefined);
  }

  async #send({ id, channel, value }: { id: number; channel: string; value: string }): Promise<void> {
    const state = this.#windows.get(id);
    if (state === undefined) return;
    await this.#deliver(state, { kind: 'event', channel, value: JSON.parse(value) as unknown });
  }

  async #pdf({ id, options }: { id: number; options: { printBackground?: boolean; pageSize?: string } }) {
    const state = this.#windows.get(id);
    if (state === undefined) throw new Error('Object has been destroyed');
    const pdf = await state.page.pdf({
      printBackground: options.printBackground ?? false,
      format: options.pageSize ?? 'Letter',
    });
    return encode(new Uint8Array(pdf));
  }

  async #theme(theme: 'system' | 'light' | 'dark'): Promise<void> {
    for (const { page } of this.#windows.values())
      await page.emulateMedia({ colorScheme: theme === 'system' ? null : theme });
  }

  async #fromPage(id: number, state: WindowState, payload: string, context: number): Promise<void> {
    const message = JSON.parse(payload) as { kind: string; id: number; channel: string; value: unknown };
    if (message.kind !== 'invoke') return;
    // Which frame asks is the browser's word, never the page's.
    const known = state.contexts.get(context);
    const frame = known === undefined ? null : { url: toApp(state.page.url()), main: known.main };
    try {
      const value = await this.#wire.ask<string>('invoke', {
        id,
        frame,
        channel: message.channel,
        value: JSON.stringify(message.value),
      });
      await this.#deliver(state, { kind: 'reply', id: message.id, value: JSON.parse(value) as unknown });
    } catch (error) {
      await this.#deliver(state, {
        kind: 'reply',
        id: message.id,
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }

  async #deliver(state: WindowState, message: unknown): Promise<void> {
    const contextId = [...state.contexts].findLast(([, { main }]) => main)?.[0];
    if (contextId === undefined) return;
    const expression = `globalThis.__doubleDeliver?.(${JSON.stringify(JSON.stringify(message))})`;
    await state.session.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined);
  }

  /** Every request of every page: the app's own handlers decide, in Electron's order. */
  async #route(route: {
    request(): Request;
    abort(code?: string): Promise<void>;
    continue(): Promise<void>;
    fulfill(answer: object): Promise<void>;
  }): Promise<void> {
    const request = route.request();
    const url = request.url();
    try {
      const owner = this.#ownerOf(request);
      if (owner === null) {
        // A window the page opened: the app's handler has its say, then it is gone.
        const opener = await this.#openerOf(request);
        if (opener !== null) await this.#wire.ask('windowOpen', { id: opener, url: toApp(url) });
        await route.abort('blockedbyclient');
        return;
      }
      const [id, state] = owner;
      const navigates = request.isNavigationRequest() && request.frame() === state.page.mainFrame();
      if (navigates && state.expected !== url) {
        const { prevented } = await this.#wire.ask<{ prevented: boolean }>('willNavigate', {
          id,
          url: toApp(url),
        });
        if (prevented) {
          await route.abort('aborted');
          return;
        }
      }
      if (navigates) state.expected = null;
      const resourceType = navigates ? 'mainFrame' : request.resourceType();
      if (
        !(await this.#wire.ask<boolean>('mayRequest', { id, url, method: request.method(), resourceType }))
      ) {
        await route.abort('blockedbyclient');
        return;
      }
      if (toApp(url) === url) {
        await route.continue();
        return;
      }
      const answer = await this.#wire.ask<object | null>('protocol', { url, method: request.method() });
      if (answer === null) await route.abort('failed');
      else await route.fulfill(answer);
    } catch {
      await route.abort('failed').catch(() => undefined);
    }
  }

  #ownerOf(request: Request): [number, WindowState] | null {
    let page: Page | null;
    try {
      page = request.frame().page();
    } catch {
      // A navigation whose page does not exist yet.
      return null;
    }
    for (const [id, state] of this.#windows) if (state.page === page) return [id, state];
    return null;
  }

  async #openerOf(request: Request): Promise<number | null> {
    let opener: Page | null = null;
    try {
      opener = await request.frame().page().opener();
    } catch {
      // The page is gone already, or not there yet: it can only have come from a window of the app.
    }
    for (const [id, state] of this.#windows) if (opener === null || state.page === opener) return id;
    return null;
  }
}
