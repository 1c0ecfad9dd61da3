import { openKeys } from '@elekto/ballot-box';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ConfigError, readConfig } from './config.ts';

let root: string;
let base: NodeJS.ProcessEnv;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'elekto-config-'));
  mkdirSync(join(root, 'meta/elections'), { recursive: true });
  base = {
    ELEKTO_META: join(root, 'meta'),
    ELEKTO_DATA_DIR: join(root, 'data'),
    ELEKTO_SIGN_IN_CLIENT_ID: 'id',
    ELEKTO_SIGN_IN_CLIENT_SECRET: 'secret',
  };
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig({ ...base, ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('fills in every default', () => {
    const { config, notes } = readConfig(base);
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      url: 'http://localhost:3000',
      databaseUrl: `sqlite:${join(root, 'data/elekto.db')}`,
      secretsDir: join(root, 'data-secrets'),
      meta: { source: join(root, 'meta'), electionsDir: 'elections', pollMs: 60_000 },
      signIn: {
        kind: 'github',
        name: 'GitHub',
        url: 'https://github.com',
        apiUrl: 'https://api.github.com',
        demo: false,
      },
      organisation: { name: null },
    });
    expect(notes).toEqual([]);
  });

  it('keeps keys apart from the data, and says what to do where an installation has them in it', () => {
    const place = mkdtempSync(join(tmpdir(), 'elekto-keys-'));
    const within = join(place, 'older/secrets');
    mkdirSync(within, { recursive: true, mode: 0o700 });
    const older = () => readConfig({ ...base, ELEKTO_DATA_DIR: join(place, 'older') });
    expect(older()).toMatchObject({ config: { secretsDir: join(place, 'older-secrets') }, notes: [] });
    openKeys(within);
    expect(older()).toMatchObject({
      config: { secretsDir: within },
      notes: [expect.stringContaining(`"mv ${within} ${join(place, 'older-secrets')}", and start it again`)],
    });
    renameSync(within, join(place, 'older-secrets'));
    expect(older()).toMatchObject({ config: { secretsDir: join(place, 'older-secrets') }, notes: [] });
    const named = { ...base, ELEKTO_SECRETS_DIR: join(root, 'data/keys') };
    expect(readConfig(named).notes).toEqual([expect.stringContaining('name it in ELEKTO_SECRETS_DIR')]);
    expect(readConfig({ ...base, ELEKTO_SECRETS_DIR: join(root, 'database') }).notes).toEqual([]);
    rmSync(place, { recursive: true });
  });

  it('reports every problem at once', () => {
    const problems = problemsOf({
      PORT: 'ninety',
      ELEKTO_URL: 'example.org',
      ELEKTO_ACCENT: 'blue',
      LOG_LEVEL: 'loud',
      ELEKTO_META: join(root, 'nowhere'),
      ELEKTO_SIGN_IN_CLIENT_SECRET: '',
      ELEKTO_DATABASE_URL: 'oracle://db',
    });
    const named = [
      'PORT',
      'ELEKTO_URL',
      'ELEKTO_ACCENT',
      'LOG_LEVEL',
      'ELEKTO_META',
      'ELEKTO_SIGN_IN_CLIENT_SECRET',
      'ELEKTO_DATABASE_URL',
    ];
    for (const name of named) expect(problems.filter((problem) => problem.startsWith(name))).toHaveLength(1);
    expect(problems).toHaveLength(named.length);
  });

  it('makes nothing', () => {
    readConfig(base);
    expect(readdirSync(root)).toEqual(['meta']);
  });

  it('refuses a half-set sign-in app, from either side', () => {
    expect(problemsOf({ ELEKTO_SIGN_IN_CLIENT_SECRET: '' })[0]).toContain('set both or neither');
    expect(problemsOf({ ELEKTO_SIGN_IN_CLIENT_ID: '' })[0]).toContain('set both or neither');
  });

  describe('the demo sign-in', () => {
    const demo = {
      ELEKTO_SIGN_IN_CLIENT_ID: '',
      ELEKTO_SIGN_IN_CLIENT_SECRET: '',
      ELEKTO_DEMO_SIGN_IN: 'http://127.0.0.1:4000',
    };

    it('is taken on loopback', () => {
      expect(readConfig({ ...base, ...demo }).config.signIn).toMatchObject({
        demo: true,
        url: 'http://127.0.0.1:4000',
      });
    });
    it('is refused when the server listens elsewhere', () => {
      expect(problemsOf({ ...demo, HOST: '0.0.0.0' })[0]).toContain('not loopback');
    });
    it('is refused when the public address is elsewhere, behind a proxy', () => {
      expect(problemsOf({ ...demo, ELEKTO_URL: 'https://vote.example.org' })[0]).toContain('not on loopback');
    });
    it('is refused beside an app', () => {
      expect(problemsOf({ ELEKTO_DEMO_SIGN_IN: 'http://127.0.0.1:4000' })[0]).toContain(
        'beside ELEKTO_SIGN_IN_CLIENT_ID',
      );
    });
    it('is refused when the stand-in is not on loopback', () => {
      expect(problemsOf({ ...demo, ELEKTO_DEMO_SIGN_IN: 'http://192.0.2.7' })[0]).toContain(
        'not on loopback',
      );
    });
    it('is not needed to be told that there is no sign-in at all', () => {
      expect(problemsOf({ ...demo, ELEKTO_DEMO_SIGN_IN: '' })[0]).toContain('No sign-in app is configured');
    });
  });

  it('refuses a webhook secret that is too short, of a signing token by the bytes behind its prefix', () => {
    const long = Buffer.alloc(8, 1).toString('base64');
    for (const secret of ['12345678', `whsec_${long}`])
      expect(readConfig({ ...base, ELEKTO_WEBHOOK_SECRET: secret }).config.webhookSecret).toBe(secret);
    for (const secret of ['1234567', 'whsec_', 'whsec_AAAA', 'whsec_!!!!!!!!!!!!'])
      expect(problemsOf({ ELEKTO_WEBHOOK_SECRET: secret })[0]).toContain('is too short');
  });

  it('refuses figures that are sent so often that they would tell when somebody votes', () => {
    const every = (ms: string) => ({ OTEL_METRIC_EXPORT_INTERVAL: ms });
    expect(problemsOf(every('29999'))).toEqual([
      'OTEL_METRIC_EXPORT_INTERVAL is below 30000: nearer figures would tell when somebody votes.',
    ]);
    expect(() => readConfig({ ...base, ...every('30000') })).not.toThrow();
  });

  it('reads secrets from files', () => {
    const file = join(root, 'hook');
    writeFileSync(file, 'from-a-file-12\n');
    try {
      const { config } = readConfig({ ...base, ELEKTO_WEBHOOK_SECRET_FILE: file });
      expect(config.webhookSecret).toBe('from-a-file-12');
      expect(problemsOf({ ELEKTO_WEBHOOK_SECRET_FILE: join(root, 'absent') })[0]).toContain('cannot be read');
    } finally {
      rmSync(file);
    }
  });

  it("reads Elekto's older names and says what they are called now", () => {
    const { config, notes } = readConfig({
      ELEKTO_DATA_DIR: base['ELEKTO_DATA_DIR'],
      META_REPO: base['ELEKTO_META'],
      ELECTION_DIR: '.',
      META_BRANCH: 'main',
      META_SECRET: 'webhook-secret',
      GITHUB_CLIENT_ID: 'id',
      GITHUB_CLIENT_SECRET: 'secret',
      APP_KEY: 'anything',
    });
    expect(config.meta).toMatchObject({ electionsDir: '', branch: 'main' });
    expect(notes.join('\n')).toMatch(/META_REPO is called ELEKTO_META now/);
    expect(notes.join('\n')).toMatch(/APP_KEY is not used/);
  });

  it.each(['mysql', 'postgresql', 'sqlite'])(
    'refuses a database of the older Elekto, %s, with what to write',
    (kind) => {
      const [problem, ...others] = problemsOf({ DB_CONNECTION: kind, DB_PASSWORD: 'p@ss' });
      expect(problem).toContain(
        `DB_CONNECTION=${kind} names a database of the older Elekto: write ELEKTO_DATABASE_URL=`,
      );
      expect(problem).toContain('elekto import-elekto');
      expect([others, problem?.includes('p@ss')]).toEqual([[], false]);
    },
  );

  it('refuses sources that it cannot read', () => {
    writeFileSync(join(root, 'meta/file'), '');
    expect(problemsOf({ ELEKTO_META: join(root, 'meta/file') })[0]).toContain('not a directory');
    expect(problemsOf({ ELEKTO_META: 'git@github.com:a/b.git' })[0]).toContain('SSH');
    expect(problemsOf({ ELEKTO_META: 'ssh://git@github.com/a/b.git' })[0]).toContain('http(s)');
    expect(problemsOf({ ELEKTO_ELECTIONS_DIR: 'nothing-here' })[0]).toContain(
      'there is no directory nothing-here',
    );
    expect(problemsOf({ ELEKTO_ELECTIONS_DIR: '../..' })[0]).toContain('".."');
    expect(problemsOf({ ELEKTO_DATA_DIR: join(root, 'meta/file/data') })[0]).toContain('cannot be written');
    rmSync(join(root, 'meta/file'));
  });

  it.each<[string, NodeJS.ProcessEnv, object]>([
    [
      'GitLab',
      { ELEKTO_SIGN_IN: 'gitlab' },
      { name: 'GitLab', url: 'https://gitlab.com', profiles: 'https://gitlab.com' },
    ],
    ['Codeberg', { ELEKTO_SIGN_IN: 'forgejo' }, { name: 'Codeberg', url: 'https://codeberg.org' }],
    [
      'a Gitea of its own',
      { ELEKTO_SIGN_IN: 'gitea', ELEKTO_SIGN_IN_URL: 'https://git.example.org/' },
      { name: 'Gitea', url: 'https://git.example.org', loginClaim: 'preferred_username' },
    ],
    [
      'an issuer of OpenID Connect, as it writes itself',
      {
        ELEKTO_SIGN_IN: 'oidc',
        ELEKTO_SIGN_IN_URL: 'https://id.example.org/realms/org/',
        ELEKTO_SIGN_IN_LOGIN_CLAIM: 'nickname',
        ELEKTO_SIGN_IN_NAME: 'Example ID',
      },
      {
        name: 'Example ID',
        url: 'https://id.example.org/realms/org/',
        profiles: null,
        loginClaim: 'nickname',
      },
    ],
  ])('takes %s as the provider of accounts', (_, given, wanted) => {
    expect(readConfig({ ...base, ...given }).config.signIn).toMatchObject(wanted);
  });

  it.each<[NodeJS.ProcessEnv, string]>([
    [{ ELEKTO_SIGN_IN: 'facebook' }, 'ELEKTO_SIGN_IN is none of github, gitlab, forgejo, gitea, oidc.'],
    [
      { ELEKTO_SIGN_IN: 'oidc' },
      'ELEKTO_SIGN_IN=oidc needs ELEKTO_SIGN_IN_URL: the issuer, as the provider writes it.',
    ],
    [{ ELEKTO_SIGN_IN: 'gitea' }, 'ELEKTO_SIGN_IN=gitea needs ELEKTO_SIGN_IN_URL: where that is.'],
    [
      { ELEKTO_SIGN_IN: 'gitlab', ELEKTO_SIGN_IN_URL: 'http://git.example.org' },
      'ELEKTO_SIGN_IN_URL: http://git.example.org is not https, and whoever is on the way could sign in as anybody.',
    ],
    [
      { ELEKTO_GITHUB_URL: 'http://github.example.org' },
      'ELEKTO_SIGN_IN_URL: http://github.example.org is not https, and whoever is on the way could sign in as anybody.',
    ],
    [
      {
        ELEKTO_SIGN_IN_URL: 'https://github.example.org',
        ELEKTO_SIGN_IN_API_URL: 'http://github.example.org/api/v3',
      },
      'ELEKTO_SIGN_IN_API_URL: http://github.example.org/api/v3 is not https, and whoever is on the way could sign in as anybody.',
    ],
  ])('refuses %j with what to write', (given, problem) => {
    expect(problemsOf(given)).toEqual([problem]);
  });

  it('reads what the settings were called when there was GitHub only, from files too', () => {
    const file = join(root, 'secret-of-before');
    writeFileSync(file, 'from-a-file\n');
    const { config, notes } = readConfig({
      ...base,
      ELEKTO_SIGN_IN_CLIENT_ID: '',
      ELEKTO_SIGN_IN_CLIENT_SECRET: '',
      ELEKTO_GITHUB_CLIENT_ID: 'id of before',
      ELEKTO_GITHUB_CLIENT_SECRET_FILE: file,
      ELEKTO_GITHUB_URL: 'https://github.example.org',
    });
    rmSync(file);
    expect(config.signIn).toMatchObject({
      kind: 'github',
      clientId: 'id of before',
      clientSecret: 'from-a-file',
      apiUrl: 'https://github.example.org/api/v3',
    });
    expect(notes).toContain('ELEKTO_GITHUB_CLIENT_ID is called ELEKTO_SIGN_IN_CLIENT_ID now; it was read.');
  });

  it('finds the API of a GitHub Enterprise server', () => {
    const { config } = readConfig({ ...base, ELEKTO_SIGN_IN_URL: 'https://github.example.org/' });
    expect(config.signIn).toMatchObject({
      url: 'https://github.example.org',
      apiUrl: 'https://github.example.org/api/v3',
    });
  });
});

describe('where it is announced', () => {
  const hook = 'https://hooks.example.org/T0/secret-of-a-hook';

  it('is read with its format, and needs a secret for what programs get', () => {
    const { config } = readConfig({ ...base, ELEKTO_ANNOUNCE_TO: ` slack=${hook}\n discord=${hook}?x=1 ` });
    expect(config.announce).toEqual({
      hooks: [
        { format: 'slack', url: hook },
        { format: 'discord', url: `${hook}?x=1` },
      ],
      secret: null,
      days: [3],
      loopback: false,
    });
    expect(problemsOf({ ELEKTO_ANNOUNCE_TO: `json=${hook}` })).toEqual([
      expect.stringMatching(/^ELEKTO_ANNOUNCE_SECRET is not set/),
    ]);
    const days = readConfig({ ...base, ELEKTO_ANNOUNCE_DAYS: '1, 7 1' }).config.announce.days;
    expect(days).toEqual([7, 1]);
  });

  it.each([
    [hook, 'has an entry that is not one of'],
    [`mail=${hook}`, 'has an entry that is not one of'],
    ['slack=http://hooks.example.org/x', 'entry 1 is not https'],
    ['slack=http://127.0.0.1:9/x', 'entry 1 is on this machine'],
    ['slack=https://localhost/x', 'entry 1 is on this machine'],
    ['slack=https://me:secret@hooks.example.org/x', 'has a user name'],
  ])('is not %s, and what is wrong is said without the address', (to, why) => {
    const problems = problemsOf({ ELEKTO_ANNOUNCE_TO: to });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(why);
    expect(problems.join()).not.toMatch(/secret|T0|127\.0/);
  });

  it.each(['0', '1.5', '61', 'three'])('%j is no day before the end', (days) => {
    expect(problemsOf({ ELEKTO_ANNOUNCE_DAYS: days })[0]).toMatch(
      /^ELEKTO_ANNOUNCE_DAYS has|^ELEKTO_ANNOUNCE_DAYS is/,
    );
  });
});
