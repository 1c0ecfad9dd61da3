/**
 * Follows docs/install.md, and docs/operators-many.md beside it: the native way word for word on a machine that is a directory (support/machine.ts says what
 * stands in for what), the ways that need a container engine or a cluster by what they name.
 */
import { startFakeGitHub, type FakeGitHub } from '@elekto/testing/fake-github';
import { startGitServer, type GitServer } from '@elekto/testing/git-server';
import { startOwnPostgres, type OwnPostgres } from '@elekto/testing/own-postgres';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { freePort } from '../apps/server/tests/support/process.ts';
import { shellBlocks } from './support/guide.ts';
import { render } from './support/kustomize.ts';
import { journal, makeMachine, servicePid, type Machine } from './support/machine.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const guide = shellBlocks(read('docs/install.md'));
const many = shellBlocks(read('docs/operators-many.md'));
const restoring = shellBlocks(read('docs/operators-backup.md')).get('Restore') ?? [];
const blocks = (heading: string): string[] => {
  const found = guide.get(heading) ?? [];
  expect(found, `commands under "${heading}"`).not.toEqual([]);
  return found;
};

describe('the native way of the install guide, run as it is written', () => {
  let machine: Machine;
  let gitHub: FakeGitHub;
  let gitServer: GitServer;
  let postgres: OwnPostgres | null = null;
  let port = 0;
  /** The names that the guide gives as examples, and what they are here. */
  let names: readonly (readonly [string, string])[] = [];

  beforeAll(async () => {
    port = await freePort();
    gitHub = await startFakeGitHub({
      people: [{ id: 1, login: 'ada', name: 'Ada', about: 'An officer.' }],
      clientId: 'the-client-id',
      clientSecret: 'the-client-secret',
    });
    gitServer = await startGitServer();
    const meta = await gitServer.createRepository('community');
    await meta.publish({ 'elections/README.md': 'Our elections.\n' });
    postgres = await startOwnPostgres();
    // As the commands of the machine's account `postgres` find it.
    machine = makeMachine(
      realpathSync(mkdtempSync(join(tmpdir(), 'elekto-install-'))),
      root,
      postgres?.env ?? {},
    );
    names = [
      ['https://example.org/elekto-ts.git', root],
      ['https://elections.example.org', `http://127.0.0.1:${port}`],
      ['https://github.com/example/community', meta.url],
      ['PORT=3000', `PORT=${port}\nELEKTO_SIGN_IN_URL=${gitHub.url}\nELEKTO_SIGN_IN_API_URL=${gitHub.url}`],
      ['127.0.0.1:3000', `127.0.0.1:${port}`],
      ['@127.0.0.1/elekto', `@127.0.0.1:${postgres?.port}/elekto`],
    ];
  });

  afterAll(async () => {
    for (const pid of [servicePid(machine.dir), servicePid(machine.dir, 'elekto@harbour')])
      if (pid !== null && alive(pid)) process.kill(pid, 'SIGKILL');
    await gitHub.close();
    await gitServer.close();
    await postgres?.stop();
    rmSync(machine.dir, { recursive: true, force: true });
  });

  async function follow(commands: string): Promise<string> {
    const here = names.reduce((text, [from, to]) => text.replaceAll(from, to), machine.moved(commands));
    const { code, output } = await machine.run(here);
    expect(code, `${here}\n${output}\n${journal(machine.dir)}`).toBe(0);
    return output;
  }
  const get = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${path}`, init);

  it('ends with a server that is ready and asks GitHub who people are', async () => {
    let said = '';
    for (const block of blocks('Native')) said = await follow(block);
    expect(said, 'the last command is elekto doctor').toContain('Nothing is wrong.');
    expect((await get('/readyz')).status).toBe(200);
    expect((await get('/console/')).status).toBe(200);
    const signIn = await get('/auth/sign-in?next=/', { redirect: 'manual' });
    expect(signIn.headers.get('location')).toMatch(`${gitHub.url}/login/oauth/authorize`);
    expect(signIn.headers.get('location')).toContain('client_id=the-client-id');
    expect(machine.asked()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^useradd --system .* elekto$/),
        'systemctl enable --now elekto',
        expect.stringMatching(/^runuser --user elekto -- .*config check$/),
      ]),
    );
    expect(readFileSync(join(machine.dir, 'etc/caddy/Caddyfile'), 'utf8')).toMatch(
      new RegExp(`^elections\\.example\\.org \\{[\\s\\S]*reverse_proxy 127\\.0\\.0\\.1:${port} `, 'm'),
    );
    // A busy machine makes an install late, not wrong.
  }, 300_000);

  it('the service runs what was built, and writes nothing beside its data', () => {
    expect(journal(machine.dir)).not.toMatch(/Bundling/);
    const changed = spawnSync('git', ['-C', join(machine.dir, 'opt/elekto'), 'status', '--porcelain'], {
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: join(machine.dir, 'gitconfig') },
    });
    expect(changed.stdout).toBe('');
    expect(existsSync(join(machine.dir, 'var/lib/elekto/elekto.db'))).toBe(true);
    expect(existsSync(join(machine.dir, 'opt/elekto/.data'))).toBe(false);
  });

  it('the first election is on the site after its push', async () => {
    for (const block of blocks('The first election')) await follow(block);
    const page = await get('/elections/steering---2027/');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Steering 2027');
  });

  it('the first backup is made by itself, the database in one place and the keys in another', async () => {
    const [identity = '', settings = ''] = blocks('The first backup');
    const [one, other] = [await follow(identity), await follow(identity.replace('.identity', '-2.identity'))];
    const here = settings.replace('age1-of-the-one', one.trim()).replace('age1-of-the-other', other.trim());
    expect(await follow(here)).toContain('Nothing is wrong.');
    const kept = (place: string): string[] => readdirSync(join(machine.dir, 'var/backups', place));
    await expect.poll(() => kept('elekto')).toEqual([expect.stringMatching(/^elekto-\w+\.db\.age$/)]);
    await expect.poll(() => kept('elekto-keys')).toEqual(['elekto.keys.age']);
  });

  it('after a loss both come back from their backups', async () => {
    const places = ['elekto', 'elekto-secrets'].map((place) => join(machine.dir, 'var/lib', place));
    const kept = join(machine.dir, 'var/backups');
    const [name = ''] = readdirSync(join(kept, 'elekto'));
    const key = readFileSync(join(machine.dir, 'var/lib/elekto-secrets/master.key'));
    await follow(
      `systemctl stop elekto; rm -r ${places.map((place) => `${place}/*`).join(' ')}; cp ${kept}/*/*.age .`,
    );
    const block = restoring.find((text) => text.includes('/run/elekto-restore')) ?? '';
    const here = block
      .replaceAll('elekto-20270115T000000Z.db.age', name)
      .replaceAll('other.identity', 'elekto-backup-2.identity');
    expect(await follow(here)).toContain('Nothing is wrong.');
    expect(readFileSync(join(machine.dir, 'var/lib/elekto-secrets/master.key')).equals(key)).toBe(true);
  });

  it('with PostgreSQL ends as well with a server of which nothing is wrong', async (context) => {
    if (postgres === null)
      return context.skip('PostgreSQL is not installed here (Debian: apt-get install postgresql)');
    await follow('sudo systemctl stop elekto');
    // As before the first start, where the guide says to do it: no keys know another database.
    for (const place of ['elekto', 'elekto-secrets'])
      rmSync(join(machine.dir, 'var/lib', place), { recursive: true });
    await follow(blocks('Native, with PostgreSQL').join('\n'));
    await follow('sudo systemctl enable --now elekto');
    await follow(
      'curl --fail --silent --show-error --retry 120 --retry-delay 1 --retry-all-errors http://127.0.0.1:3000/readyz',
    );
    expect(await follow('sudo elekto doctor')).toContain('Nothing is wrong.');
    expect(existsSync(join(machine.dir, 'var/lib/elekto/elekto.db'))).toBe(false);
    const kept = (): string[] => readdirSync(join(machine.dir, 'var/backups/elekto'));
    await expect.poll(kept).toContainEqual(expect.stringMatching(/^elekto-\w+\.dump\.age$/));
  });

  it('a second community beside it has an account, a database and keys of its own', async (context) => {
    if (postgres === null)
      return context.skip('PostgreSQL is not installed here (Debian: apt-get install postgresql)');
    const beside = await freePort();
    const [setUp = '', start = ''] = (many.get('Set one up') ?? []).map((block) =>
      block.replaceAll('3001', String(beside)),
    );
    await follow(setUp);
    appendFileSync(
      join(machine.dir, 'etc/elekto/harbour.env'),
      [
        `ELEKTO_URL=http://127.0.0.1:${beside}`,
        `ELEKTO_META=${names.find(([from]) => from.endsWith('/community'))?.[1]}`,
        `ELEKTO_SIGN_IN_URL=${gitHub.url}\nELEKTO_SIGN_IN_API_URL=${gitHub.url}`,
        'ELEKTO_SIGN_IN_CLIENT_ID=the-client-id\nELEKTO_SIGN_IN_CLIENT_SECRET=the-client-secret',
        'ELEKTO_WEBHOOK_SECRET=the-secret-of-the-other-webhook\n',
      ].join('\n'),
    );
    expect(await follow(`name=harbour port=${beside}\n${start}`)).toContain('Nothing is wrong.');
    expect(machine.asked()).toContainEqual(expect.stringMatching(/^runuser --user elekto-harbour -- /));
    const keys = (name: string): Buffer =>
      readFileSync(join(machine.dir, 'var/lib', `${name}-secrets/master.key`));
    expect(keys('elekto').equals(keys('elekto-harbour'))).toBe(false);
    expect((await get('/readyz')).status, 'the first goes on').toBe(200);
    await follow('systemctl stop elekto@harbour');
    // A busy machine makes a start late, not wrong.
  }, 300_000);

  it('the service stops when it is told to', async () => {
    const pid = servicePid(machine.dir) ?? 0;
    await follow('sudo systemctl stop elekto');
    for (let waited = 0; alive(pid) && waited < 10_000; waited += 50) await sleep(50);
    expect(alive(pid)).toBe(false);
  });
});

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const backups = (tool: RegExp): string =>
  blocks('The first backup')
    .filter((block) => tool.test(block))
    .join('\n');

it('nginx asks the one server, with the certificate that the guide has fetched', () => {
  const edit = (blocks('Native, with nginx')[0] ?? '').match(/^sed '(.*)' .opt.elekto.(\S+)/m);
  const { stdout } = spawnSync('sed', [edit?.[1] ?? '', join(root, edit?.[2] ?? '')], { encoding: 'utf8' });
  expect([...stdout.matchAll(/^\s*server (127\S+)/gm)].map(([, at]) => at)).toEqual(['127.0.0.1:3000']);
  expect(stdout.match(/^\s*listen .*$/gm)).toEqual(['    listen 80;', '    listen 443 ssl; http2 on;']);
  expect(stdout.match(/^\s*ssl_certificate(_key)? .*$/gm)).toEqual([
    expect.stringContaining(' /etc/letsencrypt/live/elections.example.org/fullchain.pem;'),
    expect.stringContaining(' /etc/letsencrypt/live/elections.example.org/privkey.pem;'),
  ]);
});

describe('the container way, NOT run here (no container engine): what it names is there', () => {
  const all = [...blocks('Containers'), backups(/^podman/m)].join('\n');
  const compose = parse(read('deploy/compose.yaml')) as {
    services: Record<string, { volumes: string[]; environment: Record<string, string> }>;
    secrets: Record<string, { file: string }>;
  };

  it('the compose file, its services, and each of its secrets', () => {
    expect(missing(all, ['deploy/.env', 'deploy/secrets'])).toEqual([]);
    const services = [...all.matchAll(/ exec (?:-T )?(\S+)/g)].map(([, name]) => name);
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(services));
    const written = [...all.matchAll(/>(deploy\/secrets\/\S+)/g)].map(([, file]) => file);
    expect(written.sort()).toEqual(
      Object.values(compose.secrets)
        .map(({ file }) => file.replace('./', 'deploy/'))
        .sort(),
    );
  });

  it('the settings, the database and the volume', () => {
    const settings = /<<'END'\n([\s\S]*?)^END$/m.exec(all)?.[1] ?? '';
    const known = read('.env.example') + read('deploy/compose.yaml');
    for (const line of settings.trim().split('\n')) expect(known).toContain(line.split('=')[0]);
    const database = compose.services['database']?.environment;
    expect(all).toContain(`postgresql://${database?.['POSTGRES_USER']}:`);
    expect(all).toContain(`@database/${database?.['POSTGRES_DB']}"`);
    expect(compose.services['server']?.volumes).toEqual(
      expect.arrayContaining(['data:/data', 'backups:/backups', 'keys-backups:/keys-backups']),
    );
  });

  it('the commands of elekto', () => expect(commandsOf(all)).toEqual(['doctor']));
});

describe('the Kubernetes way, NOT run here (no cluster): what it names is there', () => {
  const restore = restoring.filter((block) => block.includes('kubectl'));
  const all = [...blocks('Kubernetes'), backups(/^kubectl/m), ...restore].join('\n');
  const overlay = 'deploy/kubernetes/overlays/example';
  const kustomization = parse(read(`${overlay}/kustomization.yaml`)) as {
    namespace: string;
    images: { newName: string; newTag: string }[];
    secretGenerator: { files: string[] }[];
  };
  const rendered = render(join(root, overlay));

  it('the overlay, and each file of its secret', () => {
    expect(missing(all, ['deploy/kubernetes/overlays/ours'])).toEqual([]);
    expect(restore, 'a pod in which nothing runs, and then the servers').toHaveLength(2);
    expect(all).toContain(`cp -R ${overlay} deploy/kubernetes/overlays/ours`);
    const written = [...all.matchAll(/>deploy\/kubernetes\/overlays\/ours\/(\S+)/g)].map(([, file]) => file);
    const wanted = kustomization.secretGenerator.flatMap(({ files }) =>
      files.map((file) => file.split('=')[1]),
    );
    expect(written.sort()).toEqual(wanted.sort());
  });

  it('image, namespace, resources and labels', () => {
    const [image] = kustomization.images;
    expect(all).toContain(`podman push ${image?.newName}:${image?.newTag}\n`);
    expect(all).toContain(`podman build -f deploy/Containerfile -t ${image?.newName}:${image?.newTag} .\n`);
    for (const [, name] of all.matchAll(/--namespace (\S+)|create namespace (\S+)/g))
      if (name !== undefined) expect(name).toBe(kustomization.namespace);
    const there = rendered.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
    const named = [...all.matchAll(/\b(job|deployment|service)\/[\w-]+/g)].map(([resource]) => resource);
    expect(there).toEqual(expect.arrayContaining(named));
    const ingress = rendered.find(({ kind }) => kind === 'Ingress') as unknown as {
      spec: { tls: { secretName: string }[] };
    };
    expect(all).toContain(`create secret tls ${ingress.spec.tls[0]?.secretName} `);
  });

  it('the commands of elekto', () => expect(commandsOf(all)).toEqual(['doctor']));
});

/** Paths of the checkout that commands name and that are neither there nor made by them. */
function missing(commands: string, made: readonly string[]): string[] {
  const paths = [...commands.matchAll(/(?<![\w/.])(?:deploy|packages)\/[\w./-]+/g)].map(([path]) => path);
  expect(paths.length).toBeGreaterThan(3);
  return paths.filter(
    (path) => !made.some((prefix) => path.startsWith(prefix)) && !existsSync(join(root, path)),
  );
}

/** The commands of elekto that are named, each after its own help has said that it exists. */
function commandsOf(commands: string): string[] {
  const named = [...commands.matchAll(/packages\/cli\/src\/main\.ts (\w+)( \w+)?$/gm)].map(
    ([, command = '', word = '']) => command + word,
  );
  for (const words of new Set(named)) {
    const [command = '', word] = words.split(' ');
    const main = join(root, 'packages/cli/src/main.ts');
    const help = spawnSync(process.execPath, [main, command, '--help'], { encoding: 'utf8' });
    expect([help.status, help.stdout], words).toEqual([
      0,
      expect.stringContaining(`Usage: elekto ${command}`),
    ]);
    if (word !== undefined) expect(help.stdout, words).toMatch(new RegExp(`^\\s+${word}\\b`, 'm'));
  }
  return [...new Set(named)].sort();
}
