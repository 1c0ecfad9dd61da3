/** Sign-in through the system's browser: authorisation code with PKCE and a loopback redirect (RFC 8252). */
import { net } from 'electron';
import { z } from 'zod';
import { listenForCode, SignInError } from './loopback.ts';
import { createProof } from './pkce.ts';

const tokenSchema = z.object({ token: z.string().min(20).max(500), login: z.string().min(1).max(100) });
export type SignedIn = z.infer<typeof tokenSchema>;

interface Options {
  readonly origin: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Opens a page in the system's browser. */
  readonly open: (url: string) => Promise<void>;
}

/** Rejects with SignInError, whose message is for the officer. */
export async function signInThroughBrowser({ origin, signal, timeoutMs, open }: Options): Promise<SignedIn> {
  const { verifier, challenge, state } = createProof();
  const loopback = await listenForCode(state, timeoutMs, signal);
  try {
    const start = new URL('/auth/native/start', origin);
    start.search = new URLSearchParams({
      challenge,
      method: 'S256',
      state,
      redirect_uri: loopback.redirectUri,
    }).toString();
    await open(start.href);
    const code = await loopback.code;
    return await exchange(origin, { code, verifier, redirectUri: loopback.redirectUri });
  } finally {
    loopback.close();
  }
}

async function exchange(
  origin: string,
  body: { code: string; verifier: string; redirectUri: string },
): Promise<SignedIn> {
  let response: Response;
  try {
    response = await net.fetch(`${origin}/auth/native/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-elekto': '1' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(20_000),
    });
  } catch {
    throw new SignInError('The server could not be reached to finish the sign-in.');
  }
  const parsed = tokenSchema.safeParse(await response.json().catch(() => null));
  if (!response.ok || !parsed.success) throw new SignInError('The server refused the sign-in. Try again.');
  return parsed.data;
}

/** Tells the server to forget the token. True when it did; a server that is away keeps it until it expires. */
export async function revokeToken(origin: string, token: string): Promise<boolean> {
  try {
    const response = await net.fetch(`${origin}/auth/native/revoke`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'x-elekto': '1' },
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    return response.ok;
  } catch {
    return false;
  }
}
