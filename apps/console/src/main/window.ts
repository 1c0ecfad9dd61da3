/** The one window: sandboxed, isolated, without Node, shown when it has something to show. */
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { rendererUrl } from './origins.ts';
import type { SettingsStore } from './settings.ts';
import { rememberPlace, storedPlace } from './window-state.ts';

/** @param route the page to begin with; '' for Home. */
export function createWindow(settings: SettingsStore, route: string): BrowserWindow {
  const window = new BrowserWindow({
    ...storedPlace(settings),
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
      spellcheck: false,
      zoomFactor: settings.get().zoom,
    },
  });
  rememberPlace(window, settings);
  window.once('ready-to-show', () => {
    if (settings.get().window?.maximized) window.maximize();
    window.show();
  });
  // A page restored by Chromium would come back with its own zoom.
  window.webContents.on('did-finish-load', () => window.webContents.setZoomFactor(settings.get().zoom));
  void window.loadURL(`${rendererUrl()}${route}`);
  return window;
}
