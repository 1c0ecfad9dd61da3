import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { z } from 'zod';
import { isOurs } from '../origins.ts';

/** True only for the top frame of a page of ours: no iframe, no page that got into the window otherwise. */
export function isTrusted({
  senderFrame,
  sender,
}: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOurs(senderFrame.url);
}

/**
 * Answers one channel. The sender is checked and the arguments, of any type until then, are parsed before
 * `answer` sees them; what it throws does not reach the window, except as "refused" or "failed".
 */
export function handle<T extends readonly unknown[], R>(
  channel: string,
  schema: z.ZodType<T>,
  answer: (input: T, contents: WebContents) => R | Promise<R>,
): void {
  ipcMain.handle(channel, async (event, ...raw: unknown[]) => {
    if (!isTrusted(event)) throw new Error('refused');
    const input = schema.safeParse(raw);
    if (!input.success) throw new Error('refused');
    try {
      return await answer(input.data, event.sender);
    } catch {
      throw new Error('failed');
    }
  });
}
