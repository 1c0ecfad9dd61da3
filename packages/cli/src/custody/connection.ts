/* eslint elekto/words-in-catalogue: off -- for an officer's terminal, in English as all of them */
import { z } from 'zod';

import { CliError } from '../cli-error.ts';
import { printable } from '../terminal.ts';
import { tokenFor } from './tokens.ts';

export interface ServerFlags {
  readonly server?: string;
  readonly tokenFile: string;
}

const answer = z.union([
  z.object({ result: z.object({ data: z.unknown() }) }),
  z.object({ error: z.object({ message: z.string() }) }),
]);

/** Calls of one server as the officer who signed in. */
export interface Connection {
  query(path: string, input: unknown): Promise<unknown>;
  mutate(path: string, input: unknown): Promise<unknown>;
}

/** @throws CliError when no server is named or nobody has signed in there. */
export function connect(flags: ServerFlags): Connection {
  const origin = serverOf(flags);
  const token = tokenFor(flags.tokenFile, origin);
  const call = async (path: string, init: RequestInit, query = ''): Promise<unknown> => {
    const response = await fetch(`${origin}/trpc/${path}${query}`, {
      ...init,
      headers: { 'x-elekto': '1', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      // A redirect could carry the token elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(60_000),
    }).catch(() => {
      throw new CliError(`no server answers at ${origin}; what you have done so far is kept, try again`);
    });
    const said = answer.safeParse(await response.json().catch(() => null));
    if (!said.success) throw new CliError(`${origin} is not an Elekto server of this version`);
    // In one line: the server writes none of its own below it.
    if ('error' in said.data) throw new CliError(printable(said.data.error.message.replaceAll(/\s+/g, ' ')));
    return said.data.result.data;
  };
  return {
    query: (path, input) => call(path, {}, `?input=${encodeURIComponent(JSON.stringify(input))}`),
    mutate: (path, input) => call(path, { method: 'POST', body: JSON.stringify(input) }),
  };
}

/** The origin of the server that the flags or ELEKTO_URL name. */
export function serverOf({ server }: Pick<ServerFlags, 'server'>): string {
  const url = server ?? process.env['ELEKTO_URL'] ?? '';
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new CliError('name the server: --server https://vote.example.org, or set ELEKTO_URL');
  return new URL(url).origin;
}
