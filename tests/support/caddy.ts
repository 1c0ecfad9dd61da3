/** Caddy with deploy/proxy/Caddyfile, without TLS on a port of loopback. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { installed } from './debian.ts';

export const PROXY = join(import.meta.dirname, '../../deploy/proxy');

export interface Caddy {
  readonly url: string;
  /** Everything that it has written. */
  log(): string;
  stop(): void;
}

export interface CaddyOptions {
  readonly port: number;
  /** Ports of loopback. */
  readonly servers: readonly number[];
  /** The folder of the copy of the pages. */
  readonly pages: string;
  /** What else is written otherwise than in the file. */
  readonly changes?: readonly (readonly [string, string])[];
}

/** Starts it in `dir`; resolves when the front page is answered. */
export async function startCaddy(
  dir: string,
  { port, servers, pages, changes = [] }: CaddyOptions,
): Promise<Caddy> {
  const url = `http://127.0.0.1:${port}`;
  let file = readFileSync(join(PROXY, 'Caddyfile'), 'utf8');
  for (const [from, to] of [
    ['{\n\t# Of each', '{\n\tadmin off\n\t# Of each'],
    ['{$ELEKTO_HOST:localhost} {', `${url} {`],
    ['server:3000', servers.map((each) => `127.0.0.1:${each}`).join(' ')],
    ['/etc/caddy', PROXY],
    ['/var/lib/elekto-pages', pages],
    ...changes,
  ] as const) {
    if (!file.includes(from)) throw new Error(`deploy/proxy/Caddyfile no longer has ${from}`);
    file = file.replaceAll(from, to);
  }
  writeFileSync(join(dir, 'Caddyfile'), file);
  const [binary = ''] = installed(['caddy'], ['caddy']);
  const caddy = spawn(binary, ['run', '--config', join(dir, 'Caddyfile'), '--adapter', 'caddyfile'], {
    env: { PATH: process.env['PATH'], HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [caddy.stdout, caddy.stderr])
    stream.on('data', (text: Buffer) => void (said += text.toString()));
  const started: Caddy = { url, log: () => said, stop: () => void caddy.kill('SIGKILL') };
  for (const giveUp = Date.now() + 60_000; Date.now() < giveUp && caddy.exitCode === null; await sleep(100))
    if ((await fetch(url).catch(() => null))?.status === 200) return started;
  started.stop();
  throw new Error(`Caddy does not serve: ${said}`);
}
