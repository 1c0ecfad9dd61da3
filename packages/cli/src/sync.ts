/* eslint elekto/words-in-catalogue: off -- for the terminal, in English as all of it */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { Command } from 'commander';
import { z } from 'zod';

import { CliError } from './cli-error.ts';
import { printable, writeOut } from './terminal.ts';

const answer = z.object({ message: z.string() });

const secretOf = (env: NodeJS.ProcessEnv): string | undefined => {
  const file = env['ELEKTO_WEBHOOK_SECRET_FILE'];
  return (
    env['ELEKTO_WEBHOOK_SECRET'] ||
    env['META_SECRET'] ||
    (file ? readFileSync(file, 'utf8').trim() : undefined)
  );
};

/** `elekto sync`: asks a running server to look at the meta repository now, as the webhook does. */
export function register(command: Command): void {
  command
    .argument('[url]', 'base URL of the server (default: ELEKTO_URL, else this machine at PORT)')
    .addHelpText('after', '\nSigns the request with ELEKTO_WEBHOOK_SECRET, which the server must have too.')
    .action(async (url: string | undefined) => {
      const base = url ?? (process.env['ELEKTO_URL'] || `http://localhost:${process.env['PORT'] || 3000}`);
      const secret = secretOf(process.env);
      if (secret === undefined) throw new CliError('set ELEKTO_WEBHOOK_SECRET to what the server has');
      const body = '{}';
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      const response = await fetch(new URL('/v1/webhooks/meta/sync', base), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-github-event': 'push',
          'x-hub-signature-256': `sha256=${signature}`,
        },
        body,
      }).catch((error: unknown) => {
        const { code } = ((error as Error).cause ?? {}) as { code?: string };
        throw new CliError(`no server answers at ${base}${code === undefined ? '' : ` (${code})`}`);
      });
      const { message } = answer.safeParse(await response.json().catch(() => null)).data ?? {};
      if (!response.ok) throw new CliError(printable(`the server refused: ${message ?? response.status}`));
      writeOut(`${printable(message ?? 'The repository is being read.')}\n`);
    });
}
