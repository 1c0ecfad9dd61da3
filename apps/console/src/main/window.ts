/** A window: sandboxed, isolated, without Node, shown when it has something to show. */
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { rendererUrl } from './origins.ts';
import type { SettingsStore } from './settings.ts';
import { rememberPlace, storedPlace } from './window-state.ts';

/** As large as one election needs. */
const BESIDE = { width: 1040, height: 760 };

/** @param route the page to begin with; '' for Home. `isFirst`: it opens where it was last, and remembers where it is. */
export function createWindow(settings: SettingsStore, route: string, isFirst: boolean): BrowserWindow {
  const window = new BrowserWindow({
    ...(isFirst ? storedPlace(settings) : BESIDE),
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: 'Elekto console',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
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
      // A middle click would ask for a window of its own.
      disableBlinkFeatures: 'Auxclick',
      spellcheck: false,
      zoomFactor: settings.get().zoom,
    },
  });
  if (isFirst) rememberPlace(window, settings);
  window.once('ready-to-show', () => {
    if (isFirst && settings.get().window?.maximized) window.maximize();
    window.show();
  });
  // A page restored by Chromium would come back with its own zoom.
  window.webContents.on('did-finish-load', () => window.webContents.setZoomFactor(settings.get().zoom));
  void window.loadURL(`${rendererUrl()}${route}`);
  return window;
}
