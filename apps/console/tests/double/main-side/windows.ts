import type { BrowserWindow } from './browser-window.ts';

/** Every window that is not destroyed, by id. */
export const windows = new Map<number, BrowserWindow>();
