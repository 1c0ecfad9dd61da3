/** The windows: the first one, with every page, and one for each election that an officer wants beside it. */
import { BrowserWindow } from 'electron';
import { CHANNELS } from '../shared/channels.ts';
import { watchWindow } from './crash.ts';
import type { SettingsStore } from './settings.ts';
import { createWindow } from './window.ts';

/** More are not opened: a page that asks for windows without end gets no more than this. */
const MOST = 12;

const ELECTION = /^(#\/elections\/[^/]+)\//;
const electionIn = (route: string): string | null => ELECTION.exec(route)?.[1] ?? null;

export class Windows {
  readonly #settings: SettingsStore;
  /** Windows for one election, by its part of the route. */
  readonly #own = new Map<string, BrowserWindow>();

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  all(): readonly BrowserWindow[] {
    return BrowserWindow.getAllWindows();
  }

  /** The one that is worked in, else the first; null when there is none. */
  current(): BrowserWindow | null {
    return BrowserWindow.getFocusedWindow() ?? this.all()[0] ?? null;
  }

  /** The first window, on this page; '' for Home. */
  open(route: string): void {
    watchWindow(createWindow(this.#settings, route, true));
  }

  /**
   * A window for the election of this route; where there is one it comes to the front, on that page. False when there are as
   * many as there may be.
   */
  openBeside(route: string): boolean {
    const election = electionIn(route);
    if (election === null) return false;
    const there = this.#own.get(election);
    if (there !== undefined) {
      bring(there, route);
      return true;
    }
    if (this.all().length >= MOST) return false;
    const window = createWindow(this.#settings, route, false);
    watchWindow(window);
    this.#own.set(election, window);
    window.on('closed', () => this.#own.delete(election));
    return true;
  }

  /** To the front, on a page of its own where one is asked for: the election's own window, else the first that is none. */
  show(route: string | null): void {
    const own = this.#own.get(electionIn(route ?? '') ?? '');
    const beside = new Set(this.#own.values());
    const window = own ?? this.all().find((each) => !beside.has(each)) ?? this.all()[0];
    if (window !== undefined) bring(window, route);
    else this.open(route ?? '');
  }

  send(channel: (typeof CHANNELS)['onEffort' | 'onRollProgress'], value: unknown): void {
    for (const { webContents } of this.all())
      if (!webContents.isDestroyed()) webContents.send(channel, value);
  }
}

function bring(window: BrowserWindow, route: string | null): void {
  if (window.isMinimized()) window.restore();
  window.focus();
  if (route !== null) window.webContents.send(CHANNELS.onCommand, `open:${route}`);
}
