import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { app } from './app.ts';
import { parent } from './parent.ts';
import { needReady } from './state.ts';
import { WebContents } from './web-contents.ts';
import { windows } from './windows.ts';

export interface WebPreferences {
  readonly preload?: string;
  readonly contextIsolation?: boolean;
  readonly sandbox?: boolean;
  readonly nodeIntegration?: boolean;
  readonly webSecurity?: boolean;
  readonly webviewTag?: boolean;
  readonly zoomFactor?: number;
  readonly [name: string]: unknown;
}

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly x?: number;
  readonly y?: number;
  readonly show?: boolean;
  readonly title?: string;
  readonly webPreferences?: WebPreferences;
}

let nextId = 1;
let focused: BrowserWindow | null = null;
const bringToFront = (window: BrowserWindow): void => {
  focused = window;
};

/** A window whose page is a real Chromium page on the test's side. */
export class BrowserWindow extends EventEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  /** The double's own: what the app asked for, for tests to read. */
  readonly options: WindowOptions;
  #bounds: { x: number; y: number; width: number; height: number };
  #visible: boolean;
  #maximized = false;
  #minimized = false;
  #focused = 0;
  #closing = false;
  #created: Promise<void>;

  constructor(options: WindowOptions = {}) {
    super();
    needReady('BrowserWindow');
    this.id = nextId;
    nextId += 1;
    this.options = options;
    const { width = 800, height = 600, x = 0, y = 0, show = true, webPreferences = {} } = options;
    // The double can only do what is safe: isolated, sandboxed, no Node. Everything else it refuses.
    for (const [name, safe] of [
      ['contextIsolation', true],
      ['sandbox', true],
      ['nodeIntegration', false],
    ] as const) {
      if ((webPreferences[name] ?? safe) !== safe)
        throw new Error(`The double runs no window with ${name}: ${!safe}.`);
    }
    this.#bounds = { x, y, width, height };
    this.#visible = show;
    this.webContents = new WebContents(this.id);
    if (webPreferences.zoomFactor !== undefined) this.webContents.setZoomFactor(webPreferences.zoomFactor);
    windows.set(this.id, this);
    app.emit('web-contents-created', {}, this.webContents);
    const preload = webPreferences.preload === undefined ? '' : readFileSync(webPreferences.preload, 'utf8');
    this.#created = parent.ask('createWindow', { id: this.id, bounds: this.#bounds, preload });
    app.emit('browser-window-created', {}, this);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()].filter((window) => window instanceof BrowserWindow);
  }

  /** The one that was last brought to the front; none is until one was. */
  static getFocusedWindow(): BrowserWindow | null {
    return focused !== null && !focused.isDestroyed() ? focused : null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find(({ id }) => id === contents.id) ?? null;
  }

  async loadURL(url: string): Promise<void> {
    await this.#created;
    if (this.isDestroyed()) return;
    await parent.ask('loadURL', { id: this.id, url });
  }

  /** As Electron's, it does not tell how that went: an app may end meanwhile. */
  reload(): void {
    void parent.ask('reload', { id: this.id }).catch(() => undefined);
  }

  close(): void {
    if (this.#closing || this.isDestroyed()) return;
    this.#closing = true;
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    this.#closing = false;
    if (!prevented) this.destroy();
  }

  destroy(): void {
    if (!windows.delete(this.id)) return;
    this.webContents.destroyed();
    void parent.ask('closeWindow', { id: this.id }).catch(() => undefined);
    this.emit('closed');
    if (windows.size === 0) app.emit('window-all-closed');
  }

  isDestroyed(): boolean {
    return !windows.has(this.id);
  }

  show(): void {
    this.#visible = true;
    bringToFront(this);
    this.emit('show');
  }

  isVisible(): boolean {
    return this.#visible;
  }

  focus(): void {
    this.#focused += 1;
    bringToFront(this);
    this.emit('focus');
  }

  /** The double's own: how often the app asked for the focus. */
  get focusCount(): number {
    return this.#focused;
  }

  maximize(): void {
    this.#maximized = true;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  minimize(): void {
    this.#minimized = true;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  restore(): void {
    this.#minimized = false;
  }

  setBounds(bounds: Partial<{ x: number; y: number; width: number; height: number }>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
  }

  getBounds() {
    return this.#bounds;
  }

  getNormalBounds() {
    return this.#bounds;
  }
}
