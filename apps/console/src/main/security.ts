/** What a page may not do, whatever got into it: leave, open windows, ask for devices, reach the network. */
import { app, session, type WebContents } from 'electron';
import { openExternal } from './external.ts';
import { isOurs } from './origins.ts';

/** For every window there will ever be. Call once, after the app is ready. */
export function hardenSession(): void {
  const ses = session.defaultSession;
  ses.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  ses.setPermissionCheckHandler(() => false);
  ses.setDevicePermissionHandler(() => false);
  ses.webRequest.onBeforeRequest((details, answer) => {
    // Requests without a page are this process's own: the server, GitHub.
    const fromPage = details.webContentsId !== undefined;
    answer({ cancel: fromPage && !(isOurs(details.url) || /^(data|blob|devtools):/.test(details.url)) });
  });
  ses.on('will-download', (event) => event.preventDefault());
}

/** Call before the first window: applies to each as it comes to be. */
export function hardenContents(): void {
  app.on('web-contents-created', (_event, contents) => restrict(contents));
}

function restrict(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    void openExternal(url).catch(() => undefined);
    return { action: 'deny' };
  });
}
