/** The form of each variable by itself. Messages follow the variable's name in a sentence. */
import { DATABASE_URLS, databaseKind } from '@elekto/db/kind';
import { isRecipient } from '@elekto/backup';
import { z } from 'zod';

import { announceSchemas } from './announce.ts';
import { PROVIDER_KINDS } from './sign-in.ts';
import type { VariableName } from './variables.ts';
import { webhookSecret } from './webhook-key.ts';

const baseUrl = z
  .string()
  .refine((url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ''), {
    error: 'is not an http(s) URL',
    abort: true,
  })
  .refine((url) => !/[?#]/.test(url), 'must not have a query or a fragment')
  .transform((url) => url.replace(/\/+$/, ''));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const ownUrl = baseUrl.refine(
  (url) => URL.parse(url)?.pathname === '/',
  'must not have a path: serve Elekto from the root of a host',
);

const publicKey = z.string().refine(isRecipient, 'is not a public key of age (age1...)');

export const schema = z.object({
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
    .refine((url) => databaseKind(url) !== null, `is none of ${DATABASE_URLS}`)
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
  ELEKTO_WEBHOOK_SECRET: webhookSecret(8).optional(),
  ELEKTO_SIGN_IN: z.enum(PROVIDER_KINDS, `is none of ${PROVIDER_KINDS.join(', ')}`).default('github'),
  ELEKTO_SIGN_IN_URL: baseUrl.optional(),
  ELEKTO_SIGN_IN_CLIENT_ID: z.string().optional(),
  ELEKTO_SIGN_IN_CLIENT_SECRET: z.string().optional(),
  ELEKTO_SIGN_IN_NAME: z.string().max(40, 'is longer than 40 characters').optional(),
  ELEKTO_SIGN_IN_LOGIN_CLAIM: z.string().max(100, 'is longer than 100 characters').optional(),
  ELEKTO_SIGN_IN_LOGIN_CASE: z.enum(['exact', 'ignored'], 'is neither exact nor ignored').optional(),
  ELEKTO_SIGN_IN_API_URL: baseUrl.optional(),
  ELEKTO_NAME: z.string().max(80, 'is longer than 80 characters').optional(),
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
  ELEKTO_PAGES_DIR: z.string().optional(),
  ELEKTO_BACKUP_DIR: z.string().optional(),
  ELEKTO_BACKUP_RECIPIENT: publicKey.optional(),
  ELEKTO_BACKUP_EVERY: z.coerce
    .number('is not a number')
    .int('is not a whole number of hours')
    .min(1, 'is below 1: nearer backups would tell when somebody votes')
    .max(168, 'is more than a week')
    .default(24),
  ELEKTO_BACKUP_KEEP: z.coerce
    .number('is not a number')
    .int('is not a whole number')
    .min(1, 'is below 1')
    .max(1000, 'is more than 1000')
    .default(14),
  ELEKTO_BACKUP_KEYS_DIR: z.string().optional(),
  ELEKTO_BACKUP_KEYS_RECIPIENT: publicKey.optional(),
  ...announceSchemas,
  ELEKTO_TRUST_PROXY: z
    .string()
    .transform((text) => (/^\d+$/.test(text) ? Number(text) : text))
    .default('loopback'),
  ELEKTO_METRICS: z.enum(['on', 'off'], 'is neither on nor off').default('off'),
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((pair) => pair.trim())
        .filter(Boolean),
    )
    .refine(
      (pairs) => pairs.every((pair) => /^[A-Za-z0-9-]+=([\w.~!$&'()*+;:@/ =-]|%[0-9A-Fa-f]{2})*$/.test(pair)),
      {
        error: 'is not name=value, separated by commas',
        abort: true,
      },
    )
    .transform((pairs) =>
      Object.fromEntries(
        pairs.map((pair) => {
          const [name = '', ...value] = pair.split('=');
          return [name.toLowerCase(), decoded(value.join('='))];
        }),
      ),
    )
    .default({}),
  OTEL_SERVICE_NAME: z.string().max(80, 'is longer than 80 characters').default('elekto'),
  OTEL_METRIC_EXPORT_INTERVAL: z.coerce
    .number('is not a number')
    .int('is not a whole number of milliseconds')
    .min(30_000, 'is below 30000: nearer figures would tell when somebody votes')
    .max(3_600_000, 'is more than an hour')
    .default(60_000),
  ELEKTO_DEMO_SIGN_IN: baseUrl.optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'is not a log level')
    .default('info'),
}) satisfies z.ZodType<Partial<Record<VariableName, unknown>>>;

export type Values = z.infer<typeof schema>;
