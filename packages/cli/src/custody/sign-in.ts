/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
/** Sign-in of a terminal: authorisation code with PKCE (RFC 7636) and a loopback redirect (RFC 8252), as the desktop app's. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { z } from 'zod';

import { CliError } from '../cli-error.ts';
import { type ServerFlags, serverOf } from './connection.ts';
import { keepToken } from './tokens.ts';
import { printable, writeOut } from '../terminal.ts';

const granted = z.object({ token: z.string(), login: z.string() });
const PATIENCE = 5 * 60_000;

/** Signs in through a browser and keeps the token in a file that only this user can read. */
export async function signIn(flags: ServerFlags): Promise<string> {
  const origin = serverOf(flags);
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(32).toString('base64url');
  const { code, redirectUri } = await codeFor(origin, verifier, state);
  const response = await fetch(`${origin}/auth/native/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-elekto': '1' },
    body: JSON.stringify({ code, verifier, redirectUri }),
    redirect: 'error',
  }).catch(() => {
    throw new CliError(`no server answers at ${origin}; try again`);
  });
  const grant = granted.safeParse(await response.json().catch(() => null));
  if (!response.ok || !grant.success) throw new CliError('the server refused the sign-in; try again');
  keepToken(flags.tokenFile, origin, grant.data.token);
  return `You are signed in as ${printable(grant.data.login)}.\n`;
}

async function codeFor(
  origin: string,
  verifier: string,
  state: string,
): Promise<{ code: string; redirectUri: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const isOurs = url.pathname === '/callback' && url.searchParams.get('state') === state;
    response.writeHead(isOurs ? 200 : 404, { 'content-type': 'text/plain', connection: 'close' });
    response.end(isOurs ? 'Go back to the terminal. You can close this page.' : 'There is nothing here.');
    if (!isOurs) return;
    const code = url.searchParams.get('code');
    if (code === null) reject(new CliError('the sign-in was not allowed in the browser'));
    else resolve(code);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const query = new URLSearchParams({ challenge, method: 'S256', state, redirect_uri: redirectUri });
  writeOut(
    `Open this page in a browser of this computer and sign in:\n${origin}/auth/native/start?${query.toString()}\n`,
  );
  const timer = setTimeout(() => reject(new CliError('nobody signed in in time; try again')), PATIENCE);
  try {
    return { code: await promise, redirectUri };
  } finally {
    clearTimeout(timer);
    server.close();
    server.closeIdleConnections();
  }
}
