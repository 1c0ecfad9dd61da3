/** `npm run console:web`: the renderer from Vite's server, in front of an Elekto server. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const script = join(import.meta.dirname, '../scripts/web.ts');
const children: ChildProcess[] = [];
const servers: Server[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGTERM');
  for (const server of servers.splice(0)) server.close();
});

function start(target: string): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ELEKTO_SERVER: target, NODE_ENV: 'development', NO_COLOR: '1' },
  });
  children.push(child);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  return { child, output: () => said };
}

/** Answers everything and remembers the requests. */
async function stub(): Promise<{ url: string; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    response.end('ok');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

describe('the console in front of a server', () => {
  it('says what to do where there is none', async () => {
    const { child, output } = start('http://127.0.0.1:9');
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(1);
    expect(output()).toBe(
      'elekto: there is no Elekto server at http://127.0.0.1:9. Start one with "npm start", or name another in ELEKTO_SERVER.\n',
    );
  });

  it('serves the page and hands on what is the server’s, as from one of its own pages', async () => {
    const server = await stub();
    const { output } = start(server.url);
    await expect.poll(output, { timeout: 60_000 }).toMatch(/http:\/\/localhost:\d+\/console\//);
    const page = /http:\/\/localhost:\d+\/console\//.exec(output())?.[0] ?? '';
    expect(await (await fetch(page)).text()).toContain('<div id="root">');
    for (const path of ['/trpc/me.get', '/auth/sign-in?next=/console/', '/oauth/github/callback']) {
      const origin = new URL(page).origin;
      const answer = await fetch(new URL(path, page), { method: 'POST', headers: { origin } });
      expect(await answer.text(), path).toBe('ok');
      expect(server.seen.at(-1)?.url).toBe(path);
      expect(server.seen.at(-1)?.headers.origin).toBe(server.url);
    }
  });
});
