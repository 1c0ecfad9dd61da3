import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnvironment } from '@elekto/testing';
import { afterEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const real = join(root, '../shared/data/real');
const running: ChildProcess[] = [];

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** `npm start` as run.mjs calls it, with nothing of this process's configuration. */
function start(args: readonly string[], settings: Record<string, string>): ChildProcess {
  const env: NodeJS.ProcessEnv = {
    ...bareEnvironment(),
    HOME: process.env['HOME'],
    PORT: '0',
    ...settings,
  };
  const child = spawn(process.execPath, ['scripts/start.ts', ...args], { cwd: root, env });
  running.push(child);
  return child;
}

/** Collects what is said until `until` appears or the process ends. */
async function listen(child: ChildProcess, until?: RegExp): Promise<Ended> {
  let output = '';
  return new Promise((resolve) => {
    const add = (chunk: Buffer): void => {
      output += chunk.toString();
      if (until?.test(output)) resolve({ code: null, output });
    };
    child.stdout?.on('data', add);
    child.stderr?.on('data', add);
    child.on('close', (code) => resolve({ code, output }));
  });
}

const fresh = (): string => mkdtempSync(join(tmpdir(), 'elekto-start-'));

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

describe('npm start refuses in one clear line and makes nothing', () => {
  const dir = fresh();
  const file = join(dir, 'a-file');
  writeFileSync(file, '');
  const gitHubHalf = { ELEKTO_SIGN_IN_CLIENT_ID: 'abc', ELEKTO_META: join(root, 'examples/driftwood') };

  it.each([
    ['a meta repository that is not there', ['--meta', join(dir, 'nowhere')], {}, /nowhere/],
    [
      'an elections directory that is not there',
      ['--meta', join(root, 'examples/driftwood'), '--elections', 'nope'],
      {},
      /nope/,
    ],
    ['half a sign-in app', [], gitHubHalf, /ELEKTO_SIGN_IN_CLIENT_SECRET/],
    [
      'a data directory that cannot be made',
      [],
      { ELEKTO_DATA_DIR: join(file, 'data') },
      /data directory|ELEKTO_DATA_DIR/,
    ],
    ['no sign-in app on an address that others reach', [], { HOST: '0.0.0.0' }, /No sign-in app/],
    ['half a sign-in app and no repository', [], { ELEKTO_SIGN_IN_CLIENT_ID: 'abc' }, /^elekto: ELEKTO_META/],
    ['a meta repository without a name', ['--meta', ''], {}, /--meta is empty/],
    [
      'a repository without that branch',
      ['--meta', root, '--elections', 'examples/driftwood/elections', '--branch', 'no-such-branch'],
      {},
      /^elekto: The repository .* has no branch "no-such-branch"\.$/m,
    ],
    [
      'an SSH address',
      ['--meta', 'git@example.org:a/b.git'],
      {},
      /git@example.org:a\/b.git is an SSH address/,
    ],
    ['a folder of no repository', ['--elections', 'polls'], {}, /--meta/],
    ['a data directory below /proc', [], { ELEKTO_DATA_DIR: '/proc/elekto' }, /ELEKTO_DATA_DIR.*cannot be/],
    ['an option that does not exist', ['--metta', 'x'], {}, /metta/],
    ['a port that is not one', ['--port', 'eighty'], {}, /PORT/],
  ])('%s', async (_name, args, settings, says) => {
    const dataDir = join(fresh(), 'data');
    const { code, output } = await listen(start(args, { ELEKTO_DATA_DIR: dataDir, ...settings }));
    expect(output).toMatch(says);
    expect(output).not.toMatch(/^\s+at |^\{/m);
    expect(code).toBe(1);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const dataDir = join(fresh(), 'data');
    const port = String((other.address() as AddressInfo).port);
    const { code, output } = await listen(start([], { ELEKTO_DATA_DIR: dataDir, PORT: port }));
    other.close();
    expect(output).toContain(`Port ${port} is taken`);
    expect(code).toBe(1);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('a data directory without permission to write', async () => {
    // The superuser may write anywhere: there is nothing to refuse then.
    if (process.getuid?.() === 0) return expect(process.getuid()).toBe(0);
    const locked = join(fresh(), 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    const { code, output } = await listen(start([], { ELEKTO_DATA_DIR: join(locked, 'data') }));
    expect(output).toMatch(/cannot be (written|made)/);
    expect(code).toBe(1);
  });
});

describe('npm start serves', () => {
  if (!existsSync(real))
    console.warn('NOTICE: ../shared/data/real is not here; real repositories are not served.');
  it.skipIf(!existsSync(real)).each([
    ['kubernetes', 'steering---2021'],
    ['knative', '2021-SC'],
    ['dapr', '2023-STC'],
    ['elekto-test', 'name_the_app'],
  ])('the real %s repository, every page of it, and stops at a signal', async (name, key) => {
    const dataDir = join(fresh(), 'data');
    const child = start(['--meta', join(real, name), '--elections', 'elections'], {
      ELEKTO_DATA_DIR: dataDir,
    });
    const { output } = await listen(child, /Ctrl-C stops it/);
    const url = /Site\s+(http:\S+)\//.exec(output)?.[1] ?? '';
    for (const path of ['/', '/elections/', `/elections/${key}/`, '/console/', '/readyz'])
      expect((await fetch(url + path)).status, path).toBe(200);
    const pages = readdirSync(join(dataDir, 'site'), { recursive: true, encoding: 'utf8' });
    expect(pages.filter((path) => path.endsWith('index.html')).length).toBeGreaterThan(10);
    const ended = listen(child);
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });
});

it('no shell stands between npm and the server, so that a signal to npm alone stops it', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(scripts.start).toMatch(/^exec node /);
});
