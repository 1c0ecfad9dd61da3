/** When the window's process or this one broke: what happened, what to do, a report without secrets. */
import { app, clipboard, dialog, type BrowserWindow } from 'electron';
import { redact } from '../shared/redact.ts';
import { about } from './ipc/system.ts';

const problems: string[] = [];

/** What went wrong since the start, newest last, redacted. */
export function report(): string {
  const facts = Object.entries(about()).map(([name, value]) => `${name}: ${value}`);
  return redact(
    [
      'Elekto console report',
      ...facts,
      '',
      ...(problems.length === 0 ? ['No problem so far.'] : problems),
    ].join('\n'),
  );
}

export function copyReport(): void {
  void clipboard.writeText(report());
}

function note(text: string): void {
  problems.push(redact(text));
  if (problems.length > 50) problems.shift();
}

/** Offers to load the window anew when its process died; never loops by itself. */
export function watchWindow(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    note(`window process gone: ${reason} (${exitCode})`);
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    void ask(window, 'The window stopped working', ['Load it again', 'Copy report', 'Quit']).then(
      (choice) => {
        if (choice === 1) copyReport();
        if (choice === 2) app.quit();
        else if (!window.isDestroyed()) window.reload();
      },
    );
  });
  window.on('unresponsive', () => note('window unresponsive'));
}

/** Keeps an error of ours from ending the app without a word. */
export function watchProcess(): void {
  const failed = (error: unknown): void => {
    note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (app.isReady())
      void ask(null, 'Something went wrong', ['Go on', 'Copy report']).then(
        (choice) => choice === 1 && copyReport(),
        // A message that cannot be shown is no reason for the next one, without an end.
        () => undefined,
      );
  };
  process.on('uncaughtException', failed);
  process.on('unhandledRejection', failed);
}

async function ask(window: BrowserWindow | null, message: string, buttons: string[]): Promise<number> {
  const options = {
    type: 'error' as const,
    message,
    detail: 'Nothing was lost: ballots, requests and results are on the server.',
    buttons,
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const { response } = await (window === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  return response;
}
