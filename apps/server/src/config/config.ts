/** The configuration: checked as a whole, all problems at once, before anything is touched. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';

import { readEnvironment, type Environment } from './environment.ts';
import type { VariableName } from './variables.ts';

export interface GitHubSignIn {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Base URLs without a slash at the end. */
  readonly url: string;
  readonly apiUrl: string;
  /** True for the stand-in on loopback. */
  readonly demo: boolean;
}

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Public base URL without a slash at the end. */
  readonly url: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly secretsDir: string;
  readonly meta: {
    readonly source: string;
    readonly electionsDir: string;
    readonly branch: string | undefined;
    readonly token: string | undefined;
    /** Ms between looks; 0 = never. */
    readonly pollMs: number;
  };
  readonly webhookSecret: string | undefined;
  readonly gitHub: GitHubSignIn;
  readonly organisation: { readonly name: string; readonly logo?: string; readonly accent?: string };
  /** Origins besides our own whose pages may call the API. */
  readonly siteOrigins: readonly string[];
  readonly trustProxy: string | number;
  readonly metrics: boolean;
  readonly logLevel: string;
}

/** Says everything that is wrong, a line each. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

const baseUrl = z
  .string()
  .refine((url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ''), {
    error: 'is not an http(s) URL',
    abort: true,
  })
  .refine((url) => !/[?#]/.test(url), 'must not have a query or a fragment')
  .transform((url) => url.replace(/\/+$/, ''));

const ownUrl = baseUrl.refine(
  (url) => URL.parse(url)?.pathname === '/',
  'must not have a path: serve Elekto from the root of a host',
);

const schema = z.object({
  PORT: z.coerce
    .number('is not a number')
    .int('is not a whole number')
    .min(0, 'is not a port')
    .max(65_535, 'is not a port')
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  ELEKTO_URL: ownUrl.optional(),
  ELEKTO_DATA_DIR: z.string().default('.data'),
  ELEKTO_DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'is neither sqlite:<path> nor postgresql://...')
    .optional(),
  ELEKTO_SECRETS_DIR: z.string().optional(),
  ELEKTO_META: z.string('is not set: name the meta repository, by URL or path').min(1),
  ELEKTO_ELECTIONS_DIR: z.string().default('elections'),
  ELEKTO_META_BRANCH: z
    .string()
    .regex(/^[^\s~^:?*[\\-][^\s~^:?*[\\]*$/, 'is not a branch name')
    .optional(),
  ELEKTO_META_TOKEN: z.string().optional(),
  ELEKTO_META_POLL: z.coerce
    .number('is not a number')
    .int('is not a whole number of seconds')
    .min(0, 'is below 0')
    .max(86_400, 'is more than a day')
    .default(60),
  ELEKTO_WEBHOOK_SECRET: z.string().min(8, 'is too short: use at least 8 characters').optional(),
  ELEKTO_GITHUB_CLIENT_ID: z.string().optional(),
  ELEKTO_GITHUB_CLIENT_SECRET: z.string().optional(),
  ELEKTO_GITHUB_URL: baseUrl.default('https://github.com'),
  ELEKTO_GITHUB_API_URL: baseUrl.optional(),
  ELEKTO_NAME: z.string().max(80, 'is longer than 80 characters').default('Elekto'),
  ELEKTO_LOGO: z.string().optional(),
  ELEKTO_ACCENT: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'is not a colour like #2a5bd7')
    .optional(),
  ELEKTO_SITE_ORIGINS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(ownUrl.transform((url) => new URL(url).origin)))
    .default([]),
  ELEKTO_TRUST_PROXY: z
    .string()
    .transform((text) => (/^\d+$/.test(text) ? Number(text) : text))
    .default('loopback'),
  ELEKTO_METRICS: z.enum(['on', 'off'], 'is neither on nor off').default('off'),
  ELEKTO_DEMO_GITHUB: baseUrl.optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'is not a log level')
    .default('info'),
}) satisfies z.ZodType<Partial<Record<VariableName, unknown>>>;

type Values = z.infer<typeof schema>;

export interface ReadConfig {
  readonly config: Config;
  /** Remarks for the log: old variable names and the like. */
  readonly notes: readonly string[];
}

/**
 * Reads and checks the environment. Looks at files and directories but makes none.
 * @throws {ConfigError} with every problem at once.
 */
export function readConfig(env: NodeJS.ProcessEnv): ReadConfig {
  const environment = readEnvironment(env);
  const parsed = schema.safeParse(environment.values);
  const problems = [...environment.problems, ...(parsed.success ? [] : sentences(parsed.error))];
  // The cross-checks need single values only, so they run also when others are wrong.
  const gitHub = readGitHub(environment, problems);
  checkMeta(environment.values.ELEKTO_META, environment.values.ELEKTO_ELECTIONS_DIR ?? 'elections', problems);
  checkWritable('ELEKTO_DATA_DIR', resolve(environment.values.ELEKTO_DATA_DIR ?? '.data'), problems);
  if (environment.values.ELEKTO_SECRETS_DIR !== undefined) {
    checkWritable('ELEKTO_SECRETS_DIR', resolve(environment.values.ELEKTO_SECRETS_DIR), problems);
  }
  const logo = environment.values.ELEKTO_LOGO;
  if (logo !== undefined && !isFile(logo)) problems.push(`ELEKTO_LOGO: there is no file ${logo}.`);
  if (!parsed.success || gitHub === null || problems.length > 0) throw new ConfigError(problems);
  return { config: compose(parsed.data, gitHub), notes: environment.notes };
}

function compose(values: Values, gitHub: GitHubSignIn): Config {
  const dataDir = resolve(values.ELEKTO_DATA_DIR);
  const { ELEKTO_LOGO: logo, ELEKTO_ACCENT: accent } = values;
  return {
    port: values.PORT,
    host: values.HOST,
    url:
      values.ELEKTO_URL ??
      `http://${isLoopback(values.HOST) ? 'localhost' : hostInUrl(values.HOST)}:${values.PORT}`,
    dataDir,
    databaseUrl: databaseUrl(values.ELEKTO_DATABASE_URL, dataDir),
    secretsDir: resolve(values.ELEKTO_SECRETS_DIR ?? join(dataDir, 'secrets')),
    meta: {
      source: isRemote(values.ELEKTO_META) ? values.ELEKTO_META : resolve(values.ELEKTO_META),
      electionsDir: electionsFolder(values.ELEKTO_ELECTIONS_DIR),
      branch: values.ELEKTO_META_BRANCH,
      token: values.ELEKTO_META_TOKEN,
      pollMs: values.ELEKTO_META_POLL * 1000,
    },
    webhookSecret: values.ELEKTO_WEBHOOK_SECRET,
    gitHub,
    organisation: {
      name: values.ELEKTO_NAME,
      ...(logo !== undefined && { logo: resolve(logo) }),
      ...(accent !== undefined && { accent }),
    },
    siteOrigins: values.ELEKTO_SITE_ORIGINS,
    trustProxy: values.ELEKTO_TRUST_PROXY,
    metrics: values.ELEKTO_METRICS === 'on',
    logLevel: values.LOG_LEVEL,
  };
}

const hostInUrl = (host: string): string =>
  host === '0.0.0.0' || host === '::'
    ? 'localhost'
    : host.includes(':') && !host.startsWith('[')
      ? `[${host}]`
      : host;

const isRemote = (source: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(source);

const electionsFolder = (text: string): string =>
  text
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

function databaseUrl(url: string | undefined, dataDir: string): string {
  if (url === undefined) return `sqlite:${join(dataDir, 'elekto.db')}`;
  if (!url.startsWith('sqlite:')) return url;
  const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
  return path === ':memory:' || isAbsolute(path) ? `sqlite:${path}` : `sqlite:${resolve(path)}`;
}

function sentences(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`);
}

/** Null when a problem was added. */
function readGitHub({ values }: Environment, problems: string[]): GitHubSignIn | null {
  const clientId = values.ELEKTO_GITHUB_CLIENT_ID;
  const clientSecret = values.ELEKTO_GITHUB_CLIENT_SECRET;
  const host = values.HOST ?? '127.0.0.1';
  const demo = values.ELEKTO_DEMO_GITHUB;
  const fail = (problem: string): null => {
    problems.push(problem);
    return null;
  };
  if (clientId !== undefined && clientSecret === undefined) {
    return fail(
      'ELEKTO_GITHUB_CLIENT_SECRET is not set, but ELEKTO_GITHUB_CLIENT_ID is: set both or neither.',
    );
  }
  if (clientId === undefined && clientSecret !== undefined) {
    return fail(
      'ELEKTO_GITHUB_CLIENT_ID is not set, but ELEKTO_GITHUB_CLIENT_SECRET is: set both or neither.',
    );
  }
  if (clientId !== undefined && clientSecret !== undefined) {
    if (demo !== undefined)
      return fail('ELEKTO_DEMO_GITHUB is set beside a GitHub app: unset one of the two.');
    const url = (values.ELEKTO_GITHUB_URL ?? 'https://github.com').replace(/\/+$/, '');
    const ownApi = url === 'https://github.com' ? 'https://api.github.com' : `${url}/api/v3`;
    const apiUrl = (values.ELEKTO_GITHUB_API_URL ?? ownApi).replace(/\/+$/, '');
    return { clientId, clientSecret, url, apiUrl, demo: false };
  }
  if (!isLoopback(host)) {
    return fail(
      `No GitHub app is configured and HOST=${host} is not loopback: set ELEKTO_GITHUB_CLIENT_ID and ELEKTO_GITHUB_CLIENT_SECRET. The demo sign-in is for this machine only.`,
    );
  }
  if (values.ELEKTO_URL !== undefined && !isLoopback(hostOf(values.ELEKTO_URL))) {
    return fail(
      'No GitHub app is configured, but ELEKTO_URL is not on loopback: set ELEKTO_GITHUB_CLIENT_ID and ELEKTO_GITHUB_CLIENT_SECRET.',
    );
  }
  if (demo === undefined) {
    return fail(
      'No GitHub app is configured: set ELEKTO_GITHUB_CLIENT_ID and ELEKTO_GITHUB_CLIENT_SECRET (or use `npm start`, which brings a demo sign-in).',
    );
  }
  if (!isLoopback(hostOf(demo)))
    return fail('ELEKTO_DEMO_GITHUB is not on loopback: the demo sign-in is for this machine only.');
  const url = demo.replace(/\/+$/, '');
  return { clientId: 'elekto-demo', clientSecret: 'elekto-demo-secret', url, apiUrl: url, demo: true };
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}

function checkMeta(source: string | undefined, electionsDir: string, problems: string[]): void {
  if (source === undefined) return;
  if (isRemote(source)) {
    if (!/^https?:\/\//i.test(source))
      problems.push(`ELEKTO_META: ${source} is not http(s); clone it and name the path.`);
    return;
  }
  if (/^[^/\\]+@[^/\\]+:/.test(source)) {
    problems.push(`ELEKTO_META: ${source} is an SSH address; use the https one.`);
    return;
  }
  const path = resolve(source);
  if (!isDirectory(path)) {
    problems.push(
      `ELEKTO_META: ${existsSync(path) ? `${source} is not a directory` : `there is no directory ${source}`}.`,
    );
    return;
  }
  try {
    accessSync(path, constants.R_OK | constants.X_OK);
  } catch {
    problems.push(`ELEKTO_META: the directory ${source} cannot be read.`);
    return;
  }
  // A repository is read from its objects, so its elections need not be in a work tree.
  const isRepository =
    existsSync(join(path, '.git')) || (existsSync(join(path, 'HEAD')) && existsSync(join(path, 'objects')));
  const folder = electionsFolder(electionsDir);
  if (folder.split('/').includes('..')) problems.push('ELEKTO_ELECTIONS_DIR must not contain "..".');
  else if (!isRepository && !isDirectory(join(path, folder))) {
    problems.push(`ELEKTO_ELECTIONS_DIR: there is no directory ${folder} in ${source}.`);
  }
}

const isDirectory = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** That the directory, or else its nearest ancestor, can be written. */
function checkWritable(name: string, dir: string, problems: string[]): void {
  let place = dir;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    if (!isDirectory(place)) throw new Error('not a directory');
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch {
    problems.push(`${name}: ${dir} cannot be written.`);
  }
}
