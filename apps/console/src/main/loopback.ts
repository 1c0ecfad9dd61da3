/**
 * The redirect target of the sign-in (RFC 8252, section 7.3): a web server on 127.0.0.1 that lives for
 * one answer. It takes only `GET /callback` asked of itself by name, only with the right state, once.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sameText } from './pkce.ts';

export class SignInError extends Error {
  override readonly name = 'SignInError';
}

export interface Loopback {
  readonly redirectUri: string;
  /** The code of the one good answer. Rejects with SignInError when it was refused, timed out or stopped. */
  readonly code: Promise<string>;
  close(): void;
}

const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'",
  'referrer-policy': 'no-referrer',
  connection: 'close',
};

/** Listens on a free port until an answer, `timeoutMs` or `signal`. */
export async function listenForCode(
  state: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Loopback> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  // Whoever asked may have gone before the answer: that is no unhandled rejection.
  promise.catch(() => undefined);
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', ready);
  });
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;

  const close = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    server.close();
    server.closeIdleConnections();
  };
  const fail = (message: string): void => {
    reject(new SignInError(message));
    close();
  };
  const onAbort = (): void => fail('Sign-in was cancelled.');
  const timer = setTimeout(() => fail('Nobody answered in the browser in time. Try again.'), timeoutMs);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', `http://${host}`);
    // Another page can make the browser ask us, but not under our name with our state.
    if (request.method !== 'GET' || request.headers.host !== host || url.pathname !== '/callback') {
      response.writeHead(404, HEADERS).end(page('Not found', 'There is nothing here.'));
      return;
    }
    if (!sameText(url.searchParams.get('state') ?? '', state)) {
      response
        .writeHead(400, HEADERS)
        .end(page('Not signed in', 'This answer was not asked for. Start again from the console.'));
      return;
    }
    const code = url.searchParams.get('code');
    if (code === null || code === '') {
      response.writeHead(200, HEADERS).end(page('Not signed in', 'You can close this page.'));
      fail('Sign-in was not allowed in the browser.');
      return;
    }
    response
      .writeHead(200, HEADERS)
      .end(page('Signed in', 'Go back to the Elekto console. You can close this page.'));
    resolve(code);
    close();
  }

  return { redirectUri: `http://${host}/callback`, code: promise, close };
}
