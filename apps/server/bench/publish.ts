/**
 * `npm run bench:publish`: from the webhook of a merge to the changed page being served, on the real
 * Kubernetes repository (where it lies beside the checkout) and on generated ones with none to 100 elections of ten
 * candidates (or as many elections as the arguments say). The repository is served over HTTP by git itself, the pages are
 * built as in production.
 */
import { openLine, startFakeGitHub, startGitServer, type GitRepository } from '@elekto/testing';
import { execFile as execFileWithCallback } from 'node:child_process';
import { createHmac } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { ask, hangUp } from '../tests/support/crowd.ts';
import { electionFiles } from '../tests/support/meta.ts';

import { startInstalled } from './support/flags.ts';
import { machine } from './support/machine.ts';
import { printTable, quantiles } from './support/table.ts';

const execFile = promisify(execFileWithCallback);
const ROUNDS = 20;
const SIZES = [0, 1, 10, 100];
const SECRET = 'a webhook secret';
const KUBERNETES = join(import.meta.dirname, '../../../../shared/data/real');
const say = (line: string): void => void process.stderr.write(`${line}\n`);

interface Subject {
  readonly name: string;
  readonly electionsDir: string;
  /** Fills the work tree. */
  fill(workDir: string): void;
}

/** The folder below the real data that holds the Kubernetes elections. */
function kubernetes(): Subject | null {
  if (!existsSync(KUBERNETES)) return null;
  const found = readdirSync(KUBERNETES, { recursive: true, withFileTypes: true }).find(
    (entry) => entry.name === 'election.yaml' && /kubernetes.*elections[/\\]steering/i.test(entry.parentPath),
  );
  const folder = /^(.*kubernetes[^/]*)/i.exec(found?.parentPath ?? '')?.[1];
  const electionsDir = found?.parentPath.slice((folder?.length ?? 0) + 1).replace(/\/steering.*$/, '');
  if (folder === undefined || electionsDir === undefined) return null;
  return {
    name: 'Kubernetes, as published',
    electionsDir,
    fill: (workDir) =>
      cpSync(folder, workDir, { recursive: true, filter: (path) => !/\/\.git(\/|$)/.test(path) }),
  };
}

const generated = (elections: number): Subject => ({
  name: `${elections} elections, ${elections * 10} candidates`,
  electionsDir: 'elections',
  fill(workDir) {
    mkdirSync(join(workDir, 'elections'), { recursive: true });
    writeFileSync(join(workDir, 'elections/site.yaml'), 'name: Any Organisation\n');
    const bio = Array.from(
      { length: 12 },
      (_, i) => `Paragraph ${i} says *something* about [work](https://example.org) and plans.\n`,
    ).join('\n');
    for (let e = 0; e < elections; e += 1) {
      const candidates = Array.from({ length: 10 }, (_, i) => `person${e}x${i}`);
      const year = 1990 + Math.floor(e / 3);
      const files = electionFiles({
        name: `Election ${e}`,
        opens: `${year}-01-01 00:00:00`,
        closes: `${year}-02-01 00:00:00`,
        candidates,
      });
      const folder = join(workDir, 'elections', `group-${e % 10}`, `e${e}`);
      mkdirSync(folder, { recursive: true });
      for (const [name, text] of Object.entries(files)) {
        writeFileSync(join(folder, name), name.startsWith('candidate-') ? `${text}\n${bio}` : text);
      }
    }
  },
});

interface Timed {
  readonly name: string;
  readonly pages: number;
  readonly first: number;
  readonly live: number[];
  readonly answer: number[];
  readonly plainGit: number[];
  /** Bytes that the server had of the git host for each merge. */
  readonly fetched: number[];
  /** Bytes on disk, at their most after a merge: of a plain clone, of the server's own, and of all that it keeps of pages. */
  readonly disk: { readonly plainGit: number; readonly clone: number; readonly pages: number };
}

/** Of the files in a folder. */
const bytesIn = (dir: string): number =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

interface Changeable {
  readonly file: string;
  /** The page that shows it. */
  readonly url: string;
  /** The file with a word in it that was not there. */
  changed(text: string, mark: string): string;
}

/** A description of some election; where there is none, the name of the organisation, which stands on every page. */
function changeable(repository: GitRepository, electionsDir: string): Changeable {
  const root = join(repository.workDir, electionsDir);
  const entry = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === 'election_desc.md')
    .map(({ parentPath }) => parentPath)
    .sort()
    .at(-1);
  if (entry === undefined)
    return {
      file: `${electionsDir}/site.yaml`,
      url: '/',
      changed: (_, mark) => `name: ${JSON.stringify(mark)}\n`,
    };
  const key = entry.slice(root.length + 1).replaceAll('/', '---');
  return {
    file: join(entry, 'election_desc.md').slice(repository.workDir.length + 1),
    url: `/elections/${key}/`,
    changed: (text, mark) => `${text}\n\n${mark}\n`,
  };
}

async function measure(subject: Subject): Promise<Timed> {
  say(`${subject.name} ...`);
  const git = await startGitServer();
  const line = await openLine(git.url);
  const gitHub = await startFakeGitHub({ people: [] });
  const dir = mkdtempSync(join(tmpdir(), 'elekto-publish-'));
  try {
    const repository = await git.createRepository('meta');
    subject.fill(repository.workDir);
    await repository.push('All of it');
    const address = repository.url.replace(git.url, line.url);
    const { file, url, changed } = changeable(repository, subject.electionsDir);
    const server = await startInstalled({
      ELEKTO_META: address,
      ELEKTO_ELECTIONS_DIR: subject.electionsDir,
      ELEKTO_META_POLL: '0',
      ELEKTO_DATA_DIR: join(dir, 'data'),
      ELEKTO_DEMO_SIGN_IN: gitHub.url,
      ELEKTO_WEBHOOK_SECRET: SECRET,
      LOG_LEVEL: 'warn',
    });
    const live: number[] = [];
    const answer: number[] = [];
    const plainGit: number[] = [];
    const fetched: number[] = [];
    const disk = { plainGit: 0, clone: 0, pages: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      const mark = `Changed in round ${round} at ${Date.now()}.`;
      const text = readFileSync(join(repository.workDir, file), 'utf8');
      await repository.publish({ [file]: changed(text, mark) }, 'A change');
      line.reset();
      const started = performance.now();
      await deliver(server.url, address);
      answer.push(performance.now() - started);
      while (!(await ask(server.url + url)).body.includes(mark)) {
        if (performance.now() - started > 120_000)
          throw new Error(`the page did not change:\n${server.log()}`);
        await sleep(20);
      }
      live.push(performance.now() - started);
      fetched.push(line.received());
      const clone = join(dir, `clone-${round}`);
      const before = performance.now();
      await execFile('git', ['clone', '--quiet', '--depth=1', repository.url, clone]);
      plainGit.push(performance.now() - before);
      disk.plainGit = Math.max(disk.plainGit, bytesIn(join(clone, '.git')));
      disk.clone = Math.max(disk.clone, bytesIn(join(dir, 'data/meta-cache')));
      disk.pages = Math.max(disk.pages, bytesIn(join(dir, 'data/site')));
      rmSync(clone, { recursive: true });
    }
    const sitemap = await ask(`${server.url}/sitemap.txt`);
    await server.stop('SIGTERM');
    return {
      name: subject.name,
      pages: sitemap.body.trim().split('\n').length,
      first: server.readyAfter,
      live,
      answer,
      plainGit,
      fetched,
      disk,
    };
  } finally {
    hangUp();
    line.close();
    await gitHub.close();
    await git.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function deliver(origin: string, repositoryUrl: string): Promise<void> {
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    repository: { clone_url: repositoryUrl, default_branch: 'main' },
  });
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  const { status } = await ask(`${origin}/v1/webhooks/meta/sync`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-hub-signature-256': signature,
    },
    body,
  });
  if (status !== 202) throw new Error(`the webhook answered ${status}`);
}

const inMegabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
const real = kubernetes();
if (real === null)
  process.stdout.write(
    'NOTICE: the Kubernetes repository is not beside the checkout and was not measured.\n',
  );
const results: Timed[] = [];
const sizes = process.argv.slice(2).map(Number);
const subjects = [real, ...(sizes.length > 0 ? sizes : SIZES).map(generated)];
for (const subject of subjects) {
  if (!subject) continue;
  const timed = await measure(subject);
  results.push(timed);
  say(`  ${timed.pages} pages: live after ${Math.round(quantiles(timed.live)[0])} ms`);
}
process.stdout.write(`${machine()}\n`);
printTable(
  `Publishing: one changed file, ${ROUNDS} merges each`,
  [
    '',
    'pages',
    'reference: git clone --depth=1 ms',
    'webhook answered ms',
    'page live, median ms',
    'longest ms',
    'first start ms',
    'fetched bytes, median',
    'reference: .git of that clone MB',
    'clone MB',
    'pages MB',
  ],
  results.map(({ name, pages, first, live, answer, plainGit, fetched, disk }) => [
    name,
    String(pages),
    quantiles(plainGit)[0],
    quantiles(answer)[0],
    quantiles(live)[0],
    Math.max(...live),
    first,
    quantiles(fetched)[0],
    inMegabytes(disk.plainGit),
    inMegabytes(disk.clone),
    inMegabytes(disk.pages),
  ]),
);
// Without an election it is another kind of change.
const withElections = results.slice(real ? 1 : 0).filter(({ name }) => !name.startsWith('0 '));
const [smallest, largest] = [withElections.at(0), withElections.at(-1)];
if (smallest && largest && smallest !== largest) {
  const growth = (quantiles(largest.live)[0] ?? NaN) / (quantiles(smallest.live)[0] ?? NaN);
  process.stdout.write(
    `From ${smallest.pages} to ${largest.pages} pages a change takes ${growth.toFixed(2)} times as long.\n`,
  );
}
