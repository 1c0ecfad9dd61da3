import type { EventEmitter } from 'node:events';
import type { WebContents } from './web-contents.ts';

/** What the rest of the double asks of a window. */
export interface OpenWindow extends EventEmitter {
  readonly webContents: WebContents;
  close(): void;
}

/** Every window that is not destroyed, by id. */
export const windows = new Map<number, OpenWindow>();
