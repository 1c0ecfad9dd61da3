import { EventEmitter } from 'node:events';
import { decode, encode } from '../codec.ts';
import { answer } from './parent.ts';
import { needCloneable } from './state.ts';
import { windows } from './windows.ts';

type Handler = (event: unknown, ...values: unknown[]) => unknown;

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }
}

export const ipcMain = new IpcMain();

interface Invocation {
  readonly id: number;
  /** The frame that asks, by the browser's own word; null when it is gone. */
  readonly frame: { readonly url: string; readonly main: boolean } | null;
  readonly channel: string;
  readonly value: string;
}

answer({
  invoke: async ({ id, frame, channel, value }: Invocation) => {
    const contents = windows.get(id)?.webContents;
    if (contents === undefined) throw new Error('Object has been destroyed');
    const handler = ipcMain.handlers.get(channel);
    const failed = (reason: string): Error =>
      new Error(`Error invoking remote method '${channel}': ${reason}`);
    if (handler === undefined) throw failed(`Error: No handler registered for '${channel}'`);
    if (frame?.main) contents.mainFrame = { url: frame.url };
    const senderFrame = frame === null ? null : frame.main ? contents.mainFrame : { url: frame.url };
    try {
      const result = await handler(
        { sender: contents, senderFrame, processId: 1, frameId: 1 },
        ...(decode(value) as unknown[]),
      );
      needCloneable(result);
      return encode(result);
    } catch (error) {
      throw failed(String(error));
    }
  },
});
