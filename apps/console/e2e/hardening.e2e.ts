/**
 * Electron's security checklist and the points of our own, asked of the running app: what the window
 * was made with, what a page can and cannot do, and what the main process makes of rubbish.
 */
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '@elekto/testing/chromium';
import { signIn, startDesktop, stopDesktop, type Desktop } from '../tests/harness/desktop.ts';
import { startFakeServer, type FakeServer } from '../tests/harness/fake-server.ts';
import { demoElections } from '../tests/harness/fixtures.ts';
import { CHANNELS } from '../src/shared/channels.ts';

let browser: Browser;
let server: FakeServer;
let desktop: Desktop;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  server = await startFakeServer(demoElections());
  desktop = await startDesktop(browser);
  ({ page } = desktop);
  await signIn(desktop, server);
});
afterAll(async () => {
  await stopDesktop(desktop);
  await server.close();
  await browser.close();
});

const opened = (): Promise<string[]> =>
  desktop.app.evaluate(({ shell }) => shell.opened.splice(0) as string[]);
const here = (): string => page.url();

describe('the window', () => {
  it('is isolated and sandboxed, without Node, webview or relaxed web security', async () => {
    const preferences = await desktop.app.evaluate(({ BrowserWindow }) => {
      const {
        preload: _preload,
        zoomFactor: _zoom,
        ...rest
      } = BrowserWindow.getAllWindows()[0].options.webPreferences;
      return rest as Record<string, unknown>;
    });
    expect(preferences).toEqual({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      disableBlinkFeatures: 'Auxclick',
      spellcheck: false,
    });
    expect(await desktop.app.evaluate(({ app }) => app.sandboxed as boolean)).toBe(true);
  });

  it('has named methods and nothing else of Electron or Node', async () => {
    const found = await page.evaluate(() => ({
      globals: [
        'require',
        'process',
        'module',
        'global',
        'Buffer',
        'ipcRenderer',
        'electron',
        '__doubleSend',
      ].filter((name) => name in window),
      kinds: [...new Set(Object.values(window.elekto ?? {}).map((value) => typeof value))],
      frozen: Object.isFrozen(window.elekto),
    }));
    expect(found).toEqual({ globals: [], kinds: ['function'], frozen: true });
  });

  it('cannot have its bridge replaced', async () => {
    const replaced = await page.evaluate(() => {
      try {
        (window as { elekto?: unknown }).elekto = {};
      } catch {
        return 'refused';
      }
      return typeof window.elekto?.query;
    });
    expect(['refused', 'function']).toContain(replaced);
  });
});

describe('the app scheme', () => {
  it('is standard and secure, and cannot be fetched from or bypass the policy', async () => {
    expect(await desktop.app.evaluate(({ protocol }) => protocol.registered() as unknown)).toEqual({
      app: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false },
    });
    expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
  });

  it('brings the policy with every page', async () => {
    const wanted = ['connect-src', 'frame-src', 'img-src', 'style-src-elem', 'trusted-types'];
    const blocked = await page.evaluate(
      (all) =>
        new Promise<string[]>((resolve) => {
          const directives = new Set<string>();
          const told = (directive: string): void => {
            directives.add(directive);
            if (!all.every((each) => directives.has(each))) return;
            [style, image, frame, script].forEach((element) => element.remove());
            resolve([...directives]);
          };
          document.addEventListener('securitypolicyviolation', (event) => told(event.effectiveDirective));
          const [style, image, frame] = (['style', 'img', 'iframe'] as const).map((name) =>
            document.createElement(name),
          ) as [HTMLStyleElement, HTMLImageElement, HTMLIFrameElement];
          const script = document.createElement('script');
          try {
            script.textContent = 'window.broken = true';
          } catch {
            told('trusted-types');
          }
          document.head.append(script);
          style.textContent = 'body { color: red }';
          document.head.append(style);
          image.src = 'https://example.org/track.png';
          document.body.append(image);
          frame.src = 'https://example.org/';
          document.body.append(frame);
          fetch('https://example.org/').catch(() => undefined);
        }),
      wanted,
    );
    expect(blocked).toEqual(expect.arrayContaining(wanted));
    expect(await page.evaluate(() => 'broken' in window)).toBe(false);
    // In a task of the page's own: what a debugger evaluates is exempt.
    const made = await page.evaluate(
      () =>
        new Promise<unknown>((resolve) => {
          setTimeout(() => {
            try {
              resolve(Function('return 1')());
            } catch (error) {
              resolve((error as Error).name);
            }
          });
        }),
    );
    expect(made).toBe('EvalError');
  });
});

describe('a page that wants out', () => {
  it.each([
    'https://example.org/',
    'http://127.0.0.1:9/',
    'file:///etc/passwd',
    'https://other.app.double/index.html',
  ])('does not get to %s', async (target) => {
    const before = here();
    await page
      .evaluate((url) => {
        window.location.href = url;
      }, target)
      .catch(() => undefined);
    // A later task of the same page: one that had left would have none.
    await page.evaluate(() => new Promise<void>((done) => setTimeout(done, 50)));
    expect(here()).toBe(before);
    expect(await page.evaluate(() => typeof window.elekto?.query)).toBe('function');
  });

  it('cannot open windows; https goes to the system’s browser, anything else nowhere', async () => {
    await opened();
    await page.evaluate(() => {
      window.open('https://example.org/page');
    });
    await expect.poll(opened).toEqual(['https://example.org/page']);
    await page.evaluate(() => {
      window.open('http://example.org/plain');
      window.open('file:///etc/passwd');
    });
    await page.waitForTimeout(200);
    expect(await opened()).toEqual([]);
    expect(desktop.app.windows()).toHaveLength(1);
    await expect.poll(() => desktop.app.context().pages().length).toBe(1);
  });

  it('is given no permission', async () => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi'] as const;
      return Promise.all(
        names.map(
          async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
        ),
      );
    });
    expect(states).not.toContain('granted');
    const answers = await desktop.app.evaluate(async ({ session }) => {
      const ses = session.defaultSession;
      const asked = [
        'media',
        'geolocation',
        'notifications',
        'clipboard-read',
        'openExternal',
        'hid',
        'fullscreen',
        'unknown',
      ];
      return {
        asked: await Promise.all(
          asked.map(
            (name) => new Promise<boolean>((resolve) => ses.permissionRequest({}, name, resolve, {})),
          ),
        ),
        checked: ses.permissionCheck({}, 'media', 'app://console', {}) as boolean,
        device: ses.devicePermission() as boolean,
      };
    });
    expect(answers).toEqual({ asked: Array(8).fill(false) as boolean[], checked: false, device: false });
  });

  it('cannot download by itself or attach a webview', async () => {
    const prevented = await desktop.app.evaluate(({ session, BrowserWindow }) => {
      const seen: string[] = [];
      const event = (name: string) => ({ preventDefault: () => void seen.push(name) });
      session.defaultSession.emit('will-download', event('download'), {}, {});
      const contents = BrowserWindow.getAllWindows()[0].webContents;
      contents.emit('will-attach-webview', event('webview'), {}, {});
      contents.emit('will-redirect', { ...event('redirect'), url: 'https://example.org/' });
      return seen;
    });
    expect(prevented).toEqual(['download', 'webview', 'redirect']);
  });
});

describe('links', () => {
  it.each([
    'http://example.org',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    'ms-msdt:/id',
    'not a url',
    '',
    'https://',
  ])('%j is not opened', async (url) => {
    await opened();
    expect(
      await page.evaluate(
        (link) => window.elekto?.openExternal(link).catch((error: Error) => error.message),
        url,
      ),
    ).toContain('refused');
    expect(await opened()).toEqual([]);
  });

  it('by https are opened', async () => {
    await page.evaluate(() => window.elekto?.openExternal('https://github.com/ada'));
    expect(await opened()).toEqual(['https://github.com/ada']);
  });
});

describe('every channel', () => {
  const telling = new Set<string>([
    CHANNELS.onLive,
    CHANNELS.onCommand,
    CHANNELS.onEffort,
    CHANNELS.onRollProgress,
  ]);
  const answering = Object.values(CHANNELS).filter((channel) => !telling.has(channel));

  it('is handled, and no other is', async () => {
    const handled = await desktop.app.evaluate(({ ipcMain }) => [...ipcMain.handlers.keys()] as string[]);
    expect([...handled].sort()).toEqual([...answering].sort());
  });

  it('refuses a frame that is not ours: another page, an iframe, a frame that is gone', async () => {
    const answers = await desktop.app.evaluate(async ({ ipcMain, BrowserWindow }) => {
      const sender = BrowserWindow.getAllWindows()[0].webContents;
      const real = sender.mainFrame;
      const ask = async (channel: string, event: unknown): Promise<string> => {
        try {
          await ipcMain.handlers.get(channel)(event);
          return `${channel} answered`;
        } catch (error) {
          return (error as Error).message;
        }
      };
      const all: string[] = [];
      for (const channel of ipcMain.handlers.keys()) {
        all.push(await ask(channel, { sender, senderFrame: null }));
        all.push(await ask(channel, { sender, senderFrame: { url: real.url } }));
        for (const url of [
          'https://example.org/',
          'app://other/',
          'file:///index.html',
          'about:blank',
          '',
          'app://console.evil/',
        ]) {
          sender.mainFrame = { url };
          all.push(await ask(channel, { sender, senderFrame: sender.mainFrame }));
        }
        sender.mainFrame = real;
      }
      return [...new Set(all)];
    });
    expect(answers).toEqual(['refused']);
  });

  it('parses what it is given: rubbish is refused and changes nothing', async () => {
    const before = await page.evaluate(() => window.elekto?.accountsState());
    // What the console and its main process ask by themselves, at any time, is no answer to rubbish.
    const unasked = /^GET \/trpc\/(officer\.(elections|live)|me\.get|status\.get|custody\.boards)$/;
    const asked = (): string[] => server.requests.filter((request) => !unasked.test(request));
    const requests = asked();
    await desktop.app.evaluate(({ dialog, shell }) => {
      dialog.showSaveDialog = async () => {
        throw new Error('a dialog was opened');
      };
      shell.opened.splice(0);
    });
    const odd = fc.oneof(
      fc.anything({ withNullPrototype: false, withBigInt: true, withDate: true }),
      fc.constantFrom(
        '__proto__',
        'constructor',
        '../../etc/passwd',
        'ballot.cast',
        'officer.__proto__',
        '\0',
        'x'.repeat(100_001),
      ),
      fc.constant({ __proto__: { polluted: true }, toString: 1 }),
    );
    const inputs = fc.sample(fc.array(odd, { maxLength: 4 }), { numRuns: 60, seed: 7 });
    const cloneable = inputs.filter((input) => {
      try {
        structuredClone(input);
        return true;
      } catch {
        return false;
      }
    });
    const leaving = new Set<string>([
      CHANNELS.signOut,
      CHANNELS.cancelSignIn,
      CHANNELS.signIn,
      CHANNELS.copyText,
      CHANNELS.addServer,
      CHANNELS.recoverKey,
      CHANNELS.saveFile,
      CHANNELS.savePdf,
      CHANNELS.lookAtCount,
      CHANNELS.actInCount,
      CHANNELS.takeBackVoid,
      CHANNELS.decideTie,
      CHANNELS.lookAtVoids,
      CHANNELS.signVoid,
      CHANNELS.sayAlive,
    ]);
    const answers = await desktop.app.evaluate(
      async ({ ipcMain, BrowserWindow }, { rubbish, skipped }) => {
        const sender = BrowserWindow.getAllWindows()[0].webContents;
        const event = { sender, senderFrame: sender.mainFrame };
        const seen: Record<string, number> = {};
        for (const [channel, handler] of ipcMain.handlers) {
          for (const input of rubbish) {
            // What these channels do with good input is told elsewhere; here only their parsing counts.
            const values = skipped.includes(channel) ? [{}, ...input] : input;
            if (values.length === 0) continue;
            try {
              await handler(event, ...values);
              seen[`answered ${channel as string}`] = 1;
            } catch (error) {
              const { message } = error as Error;
              seen[message] = (seen[message] ?? 0) + 1;
            }
          }
        }
        return seen;
      },
      { rubbish: cloneable, skipped: [...leaving] },
    );
    expect(Object.keys(answers)).toEqual(['refused']);
    expect(answers['refused']).toBeGreaterThan(500);
    expect(await page.evaluate(() => window.elekto?.accountsState())).toEqual(before);
    expect(asked()).toEqual(requests);
    expect(await opened()).toEqual([]);
    expect(await desktop.app.evaluate(() => 'polluted' in {})).toBe(false);
  });

  it('lets no procedure through that is not the console’s', async () => {
    for (const path of [
      'ballot.cast',
      'ballot.paper',
      'me.signOut',
      'officer.elections,ballot.cast',
      '../auth/sign-out',
      'officer.decide',
    ])
      expect(
        await page.evaluate(
          (name) => window.elekto?.query(name, {}).catch((error: Error) => error.message),
          path,
        ),
      ).toContain('refused');
    expect(
      await page.evaluate(() =>
        window.elekto?.mutate('officer.elections', {}).catch((error: Error) => error.message),
      ),
    ).toContain('refused');
  });

  it('cannot name a file: the officer’s dialog is offered a bare name', async () => {
    const offered = await desktop.app
      .evaluate(({ dialog }) => {
        dialog.offered = [];
        dialog.showSaveDialog = async (...values: unknown[]) => {
          dialog.offered.push((values.at(-1) as { defaultPath: string }).defaultPath);
          return { canceled: true, filePath: '' };
        };
      })
      .then(async () => {
        for (const name of ['../../.bashrc', '/etc/passwd', 'C:\\Windows\\win.ini', 'ok.csv'])
          await page.evaluate((file) => window.elekto?.saveFile(file, 'x'), name);
        return desktop.app.evaluate(({ dialog }) => dialog.offered as string[]);
      });
    expect(offered).toEqual(['bashrc', 'passwd', 'win.ini', 'ok.csv']);
  });

  it('says nothing of what went wrong inside', async () => {
    await desktop.app.evaluate(({ dialog }) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: '/nonexistent/secret/place' });
    });
    const message = await page.evaluate(() =>
      window.elekto?.saveFile('a', 'x').catch((error: Error) => error.message),
    );
    expect(message).toContain('failed');
    expect(message).not.toContain('secret');
  });
});

describe('the double refuses what Electron would refuse', () => {
  it('values that cannot be cloned, channels nobody handles, parts used too early or twice', async () => {
    const message = await page.evaluate(() => {
      try {
        void window.elekto?.copyText(Symbol('x') as never);
        return 'allowed';
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(message).toBe('An object could not be cloned.');
    const refusals = await desktop.app.evaluate(async ({ ipcMain, protocol, app, BrowserWindow, Menu }) => {
      const attempt = (run: () => unknown): string => {
        try {
          run();
          return 'allowed';
        } catch (error) {
          return (error as Error).message;
        }
      };
      return [
        attempt(() => ipcMain.handle('accounts:state', () => undefined)),
        attempt(() => protocol.registerSchemesAsPrivileged([])),
        attempt(() => protocol.handle('app', () => undefined)),
        attempt(() => app.enableSandbox()),
        attempt(() => new BrowserWindow({ webPreferences: { nodeIntegration: true } })),
        attempt(() => new BrowserWindow({ webPreferences: { contextIsolation: false } })),
        attempt(() => BrowserWindow.getAllWindows()[0].webContents.send('x', () => undefined)),
        attempt(() => Menu.buildFromTemplate([{ role: 'nothing' }])),
      ];
    });
    expect(refusals).toHaveLength(8);
    expect(refusals).not.toContain('allowed');
  });
});

describe('the packaged app', () => {
  it('takes no address of a development server', async () => {
    const packaged = await startDesktop(browser, {}, { ELECTRON_RENDERER_URL: 'https://example.org/' });
    expect(packaged.page.url()).toBe('https://console.app.double/index.html');
    await stopDesktop(packaged);
  });
});
