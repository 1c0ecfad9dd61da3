/** The configuration: checked as a whole, all problems at once, before anything is touched. */
import { defaultSecretsDir } from '@elekto/ballot-box';
import { isAbsolute, join, resolve } from 'node:path';
import type { z } from 'zod';

import { announceSettings, checkAnnounce, type AnnounceSettings } from './announce.ts';
import { backupSettings, checkBackups, type BackupSettings } from './backups.ts';
import {
  checkMeta,
  checkPagesDir,
  checkWritable,
  electionsFolder,
  isFile,
  isLoopback,
  isRemote,
  isWithin,
} from './checks.ts';
import { readEnvironment } from './environment.ts';
import { schema, type Values } from './schema.ts';
import { readSignIn, type SignInSettings } from './sign-in.ts';

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
  readonly signIn: SignInSettings;
  readonly organisation: {
    /** null: what the elections name as theirs. */
    readonly name: string | null;
    readonly logo?: string;
    readonly accent?: string;
  };
  /** Origins besides our own whose pages may call the API. */
  readonly siteOrigins: readonly string[];
  readonly trustProxy: string | number;
  readonly metrics: boolean;
  /** OpenTelemetry; null when it is off. */
  readonly otlp: OtlpSettings | null;
  readonly backups: BackupSettings;
  /** Where pages are kept for a proxy; null when it is off. */
  readonly pagesDir: string | null;
  /** Where the server tells of openings, ends and results. */
  readonly announce: AnnounceSettings;
  readonly logLevel: string;
}

export interface OtlpSettings {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly intervalMs: number;
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
  const signIn = readSignIn(environment, problems);
  checkMeta(environment.values.ELEKTO_META, environment.values.ELEKTO_ELECTIONS_DIR ?? 'elections', problems);
  const dataDir = resolve(environment.values.ELEKTO_DATA_DIR ?? '.data');
  const secrets = environment.values.ELEKTO_SECRETS_DIR;
  const before = problems.length;
  checkWritable('ELEKTO_DATA_DIR', dataDir, problems);
  const secretsDir = resolve(secrets ?? defaultSecretsDir(dataDir));
  // What is wrong with the one is wrong with what is in it or was made beside it: said once.
  const apart = secrets !== undefined && !isWithin(secretsDir, dataDir);
  if (apart || problems.length === before) checkWritable('ELEKTO_SECRETS_DIR', secretsDir, problems);
  const places = { ELEKTO_DATA_DIR: dataDir, ELEKTO_SECRETS_DIR: secretsDir };
  checkBackups(environment.values, places, problems);
  checkPagesDir(environment.values, places, problems);
  const logo = environment.values.ELEKTO_LOGO;
  if (logo !== undefined && !isFile(logo)) problems.push(`ELEKTO_LOGO: there is no file ${logo}.`);
  if (parsed.success) checkAnnounce(parsed.data, problems);
  if (!parsed.success || signIn === null || problems.length > 0) throw new ConfigError(problems);
  const config = compose(parsed.data, signIn);
  return { config, notes: [...environment.notes, ...keysTogether(config, secrets)] };
}

/** A remark where one copy holds the ballots and what opens them; a trial has nothing to lose. */
function keysTogether({ dataDir, secretsDir, signIn }: Config, setting: string | undefined): string[] {
  if (signIn.demo || !isWithin(secretsDir, dataDir)) return [];
  const place = setting === undefined ? `${dataDir}-secrets` : '<another place>';
  const then = setting === undefined ? '' : ', name it in ELEKTO_SECRETS_DIR';
  return [
    `The keys are in the data directory: whoever copies it has ballots and keys. Stop the server, "mv ${secretsDir} ${place}"${then}, and start it again.`,
  ];
}

function compose(values: Values, signIn: SignInSettings): Config {
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
    secretsDir: resolve(values.ELEKTO_SECRETS_DIR ?? defaultSecretsDir(dataDir)),
    meta: {
      source: isRemote(values.ELEKTO_META) ? values.ELEKTO_META : resolve(values.ELEKTO_META),
      electionsDir: electionsFolder(values.ELEKTO_ELECTIONS_DIR),
      branch: values.ELEKTO_META_BRANCH,
      token: values.ELEKTO_META_TOKEN,
      pollMs: values.ELEKTO_META_POLL * 1000,
    },
    webhookSecret: values.ELEKTO_WEBHOOK_SECRET,
    signIn,
    organisation: {
      name: values.ELEKTO_NAME ?? null,
      ...(logo !== undefined && { logo: resolve(logo) }),
      ...(accent !== undefined && { accent }),
    },
    siteOrigins: values.ELEKTO_SITE_ORIGINS,
    trustProxy: values.ELEKTO_TRUST_PROXY,
    metrics: values.ELEKTO_METRICS === 'on',
    otlp: otlpSettings(values),
    backups: backupSettings(values),
    pagesDir: values.ELEKTO_PAGES_DIR === undefined ? null : resolve(values.ELEKTO_PAGES_DIR),
    announce: announceSettings(values),
    logLevel: values.LOG_LEVEL,
  };
}

function otlpSettings(values: Values): OtlpSettings | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = values;
  if (endpoint === undefined) return null;
  const { OTEL_SERVICE_NAME: serviceName, OTEL_METRIC_EXPORT_INTERVAL: intervalMs } = values;
  return { endpoint, headers, serviceName, intervalMs };
}

/** A host as it stands in a URL. */
export const hostInUrl = (host: string): string =>
  host === '0.0.0.0' || host === '::'
    ? 'localhost'
    : host.includes(':') && !host.startsWith('[')
      ? `[${host}]`
      : host;

function databaseUrl(url: string | undefined, dataDir: string): string {
  if (url === undefined) return `sqlite:${join(dataDir, 'elekto.db')}`;
  if (!url.startsWith('sqlite:')) return url;
  const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
  return path === ':memory:' || isAbsolute(path) ? `sqlite:${path}` : `sqlite:${resolve(path)}`;
}

function sentences(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`);
}
