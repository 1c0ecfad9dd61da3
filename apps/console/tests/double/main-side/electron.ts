/** What `import ... from 'electron'` finds in the double: the parts the app uses, and nothing else. */
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { ipcMain } from './ipc-main.ts';
import { answer, parent } from './parent.ts';
import { protocol } from './protocol.ts';
import { safeStorage } from './safe-storage.ts';
import { session } from './session.ts';
import {
  clipboard,
  dialog,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  screen,
  shell,
  Tray,
} from './system.ts';
import { windows } from './windows.ts';

const electron = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
};

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
};

interface PageEvent {
  readonly id: number;
  readonly url: string;
}

answer({
  ready: () => app.becomeReady(),
  /** As `electronApp.evaluate` of Playwright: a function of (electron, argument) run here. */
  evaluate: async ({ source, argument }: { source: string; argument: unknown }) => {
    const run = (0, eval)(`(${source})`) as (modules: typeof electron, argument: unknown) => unknown;
    return await run(electron, argument);
  },
  willNavigate: ({ id, url }: PageEvent) => {
    let prevented = false;
    const event = { url, isMainFrame: true, preventDefault: () => (prevented = true) };
    windows.get(id)?.webContents.emit('will-navigate', event, url);
    return { prevented };
  },
  windowOpen: ({ id, url }: PageEvent) =>
    windows.get(id)?.webContents.openHandler?.({ url }).action ?? 'allow',
  loaded: ({ id, url }: PageEvent) => {
    const window = windows.get(id);
    if (window === undefined) return;
    window.webContents.mainFrame = { url };
    window.webContents.emit('dom-ready', {});
    window.webContents.emit('did-finish-load', {});
    window.emit('ready-to-show');
  },
  gone: ({ id }: { id: number }) => {
    windows.get(id)?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
  },
  quit: () => app.quit(),
});

process.on('disconnect', () => process.exit(0));
void parent.ask('started');
