import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { memoryPlace } from './memory-place.ts';

/** A real git server on loopback (smart HTTP over `git http-backend`), with repositories to push to. */
export interface GitServer {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  /** Makes an empty repository `<name>.git`, with a work tree to commit from. */
  createRepository(name: string): Promise<GitRepository>;
  /** Asks for this password (any user) from now on; null asks for none. */
  requireToken(token: string | null): void;
  close(): Promise<void>;
}

export interface GitRepository {
  /** The address to clone from. */
  readonly url: string;
  /** The bare repository on disk. */
  readonly bareDir: string;
  /** The work tree that commits come from. */
  readonly workDir: string;
  /** Writes files into the work tree; null removes a file or folder. */
  write(files: Readonly<Record<string, string | Buffer | null>>): Promise<void>;
  /** Puts a symbolic link into the work tree. */
  link(path: string, target: string): Promise<void>;
  /** Commits everything and pushes it, by the disk; returns the commit's id. */
  push(message?: string, options?: { force?: boolean; branch?: string }): Promise<string>;
  /** Writes, commits and pushes in one go. */
  publish(files: Readonly<Record<string, string | Buffer | null>>, message?: string): Promise<string>;
  /** Runs git in the work tree and returns what it prints. */
  git(...args: string[]): Promise<string>;
}

const run = promisify(execFile);
/** Nothing of the machine's own git configuration may change what a test sees. */
const ENVIRONMENT = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.org',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.org',
};

/** Starts the server on a free port of loopback; `close` removes its repositories. */
export async function startGitServer(): Promise<GitServer> {
  const root = await mkdtemp(join(memoryPlace(), 'elekto-git-'));
  let token: string | null = null;
  const server = createServer((request, response) => {
    if (token !== null && passwordOf(request) !== token) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    serve(root, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    requireToken: (wanted) => {
      token = wanted;
    },
    createRepository: async (name) => {
      const bareDir = join(root, `${name}.git`);
      const workDir = join(root, `${name}.work`);
      const init = 'git init --quiet --initial-branch=main';
      await inOneShell(root, `${init} --bare "$1" && ${init} "$2"`, bareDir, workDir);
      // Filters are allowed as by the large forges.
      await appendFile(
        join(bareDir, 'config'),
        '[http]\n\treceivepack = true\n[uploadpack]\n\tallowFilter = true\n',
      );
      await appendFile(
        join(workDir, '.git/config'),
        `[remote "origin"]\n\turl = ${url}/${name}.git\n\tpushurl = ${bareDir}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`,
      );
      return repository(`${url}/${name}.git`, bareDir, workDir);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function repository(url: string, bareDir: string, workDir: string): GitRepository {
  const inWorkTree = (...args: string[]): Promise<string> => git(workDir, ...args);
  const write: GitRepository['write'] = async (files) => {
    for (const [path, content] of Object.entries(files)) {
      const target = join(workDir, path);
      if (content === null) await rm(target, { recursive: true, force: true });
      else {
        await mkdir(dirname(target), { recursive: true });
        // A link of an earlier step is replaced, never written through: it may point out of the repository.
        await rm(target, { recursive: true, force: true });
        await writeFile(target, content, { flag: 'wx' });
      }
    }
  };
  const push: GitRepository['push'] = async (message = 'Change', { force = false, branch = 'main' } = {}) => {
    const push = `git push --quiet ${force ? '--force' : ''} origin "HEAD:refs/heads/$2"`;
    return inOneShell(
      workDir,
      `git add --all && git commit --quiet --allow-empty --message "$1" && ${push} && git rev-parse HEAD`,
      message,
      branch,
    );
  };
  return {
    url,
    bareDir,
    workDir,
    write,
    push,
    git: inWorkTree,
    link: async (path, target) => {
      await mkdir(dirname(join(workDir, path)), { recursive: true });
      await rm(join(workDir, path), { recursive: true, force: true });
      await symlink(target, join(workDir, path));
    },
    publish: async (files, message) => {
      await write(files);
      return push(message);
    },
  };
}

const git = (cwd: string, ...args: string[]): Promise<string> => say('git', args, cwd);

/** Lines of a shell, its arguments from `$1` on. One process of ours for all of them: each costs as much as this one is large. */
const inOneShell = (cwd: string, lines: string, ...args: string[]): Promise<string> =>
  say('sh', ['-c', lines, 'sh', ...args], cwd);

async function say(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await run(program, args, { cwd, env: ENVIRONMENT, maxBuffer: 256 * 1024 * 1024 });
  return stdout.trim();
}

function passwordOf(request: IncomingMessage): string {
  const encoded = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return Buffer.from(encoded, 'base64').toString().split(':').slice(1).join(':');
}

/** One request through `git http-backend`, which speaks CGI. */
function serve(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...ENVIRONMENT,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: decodeURIComponent(pathname),
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      ...(request.headers['content-length'] ? { CONTENT_LENGTH: request.headers['content-length'] } : {}),
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      REMOTE_USER: 'test',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  backend.stdin.on('error', () => undefined);
  request.pipe(backend.stdin);
  let head = Buffer.alloc(0);
  let open = false;
  backend.stdout.on('data', (chunk: Buffer) => {
    if (open) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    open = true;
    const headers = head
      .toString('latin1', 0, end)
      .split('\r\n')
      .map((line) => line.split(/:\s*/, 2) as [string, string]);
    const status = headers.find(([name]) => name.toLowerCase() === 'status')?.[1];
    for (const [name, value] of headers) if (name.toLowerCase() !== 'status') response.setHeader(name, value);
    response.writeHead(status ? Number.parseInt(status, 10) : 200);
    response.write(head.subarray(end + 4));
  });
  backend.on('close', () => response.end());
  response.on('close', () => backend.kill());
}
