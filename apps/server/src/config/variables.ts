/** Every environment variable that the server reads, once: the schema, the docs and .env.example are checked against it. */

export interface Variable {
  readonly name: string;
  /** What it is, in a sentence, as it stands in docs/operators.md. */
  readonly about: string;
  /** As shown in the docs; absent when there is none. */
  readonly fallback?: string;
  /** May be given as `<NAME>_FILE`, and is never shown. */
  readonly secret?: true;
  /** Elekto's older names for the same thing. */
  readonly oldNames?: readonly string[];
}

export const VARIABLES = [
  { name: 'PORT', about: 'The port to listen on.', fallback: '3000' },
  { name: 'HOST', about: 'The address to listen on.', fallback: '127.0.0.1' },
  {
    name: 'ELEKTO_URL',
    about: 'The public base URL, as people type it. https makes cookies `__Host-` and Secure.',
    fallback: 'http://localhost:<PORT>',
    oldNames: ['APP_URL'],
  },
  {
    name: 'ELEKTO_DATA_DIR',
    about: 'Where the SQLite database, the clone and the built site are kept.',
    fallback: '.data',
  },
  {
    name: 'ELEKTO_DATABASE_URL',
    about:
      '`sqlite:<path>`, or `postgresql://user:password@host/name`, or the same with `mariadb://` or `mysql://`.',
    fallback: 'sqlite:<ELEKTO_DATA_DIR>/elekto.db',
    secret: true,
  },
  {
    name: 'ELEKTO_SECRETS_DIR',
    about: 'The keys of the ballot boxes. Back it up apart from the database; replicas share it.',
    fallback: '<ELEKTO_DATA_DIR>-secrets',
  },
  {
    name: 'ELEKTO_META',
    about: 'The meta repository: an http(s) git URL, a local repository, or a plain directory.',
    oldNames: ['META_REPO'],
  },
  {
    name: 'ELEKTO_ELECTIONS_DIR',
    about: 'The folder of the repository that holds the elections; `.` for its root.',
    fallback: 'elections',
    oldNames: ['ELECTION_DIR'],
  },
  {
    name: 'ELEKTO_META_BRANCH',
    about: "The branch to follow; the repository's own default when not set.",
    oldNames: ['META_BRANCH'],
  },
  { name: 'ELEKTO_META_TOKEN', about: 'A token to read a private meta repository over https.', secret: true },
  {
    name: 'ELEKTO_META_POLL',
    about: 'Seconds between two looks at the repository, in case a webhook is lost. 0 turns it off.',
    fallback: '60',
  },
  {
    name: 'ELEKTO_WEBHOOK_SECRET',
    about:
      'The secret with which the host of the repository signs its webhook. Without it webhooks are refused.',
    secret: true,
    oldNames: ['META_SECRET'],
  },
  {
    name: 'ELEKTO_SIGN_IN',
    about:
      'Whose accounts people sign in with: `github`, `gitlab`, `forgejo`, `gitea`, or `oidc` for OpenID Connect.',
    fallback: 'github',
  },
  {
    name: 'ELEKTO_SIGN_IN_URL',
    about:
      'Where that provider is; for `oidc` its issuer. Not needed for github.com, gitlab.com and codeberg.org.',
    oldNames: ['ELEKTO_GITHUB_URL'],
  },
  {
    name: 'ELEKTO_SIGN_IN_CLIENT_ID',
    about: 'The client id of the app there that signs people in.',
    oldNames: ['ELEKTO_GITHUB_CLIENT_ID', 'GITHUB_CLIENT_ID'],
  },
  {
    name: 'ELEKTO_SIGN_IN_CLIENT_SECRET',
    about: 'Its client secret.',
    secret: true,
    oldNames: ['ELEKTO_GITHUB_CLIENT_SECRET', 'GITHUB_CLIENT_SECRET'],
  },
  {
    name: 'ELEKTO_SIGN_IN_NAME',
    about: 'What people call the provider, as in "Sign in with ...". For `oidc` its host when not set.',
  },
  {
    name: 'ELEKTO_SIGN_IN_LOGIN_CASE',
    about:
      'For `oidc`: `exact` where Ada and ada may be two people; `ignored` where the provider gives one person both names.',
    fallback: 'exact',
  },
  {
    name: 'ELEKTO_SIGN_IN_LOGIN_CLAIM',
    about: 'For `oidc`: the claim that holds the login by which the files name people.',
    fallback: 'preferred_username',
  },
  {
    name: 'ELEKTO_SIGN_IN_API_URL',
    about: "For `github`: its API. GitHub Enterprise's is `<ELEKTO_SIGN_IN_URL>/api/v3`.",
    fallback: 'https://api.github.com',
    oldNames: ['ELEKTO_GITHUB_API_URL'],
  },
  {
    name: 'ELEKTO_NAME',
    about:
      'The name of the organisation, shown on every page. When missing, that of `site.yaml` in the repository, or else the `organization` that most elections name.',
    oldNames: ['APP_NAME'],
  },
  { name: 'ELEKTO_LOGO', about: "The path of the organisation's logo, an SVG or PNG file." },
  { name: 'ELEKTO_ACCENT', about: 'Its accent colour, as `#rrggbb`. When missing, that of `site.yaml`.' },
  {
    name: 'ELEKTO_SITE_ORIGINS',
    about: 'Other origins the pages are served from (a CDN), separated by spaces; they may call the API.',
  },
  {
    name: 'ELEKTO_PAGES_DIR',
    about: 'Where a copy of the pages is kept that a proxy shows while no server is there. Off when not set.',
  },
  {
    name: 'ELEKTO_BACKUP_DIR',
    about: 'Where the server puts encrypted backups of the database by itself. Off when not set.',
  },
  {
    name: 'ELEKTO_BACKUP_RECIPIENT',
    about: 'The public key (`age1...`) to which they are encrypted.',
  },
  {
    name: 'ELEKTO_BACKUP_EVERY',
    about: 'Hours between two of them.',
    fallback: '24',
  },
  { name: 'ELEKTO_BACKUP_KEEP', about: 'How many of them are kept.', fallback: '14' },
  {
    name: 'ELEKTO_BACKUP_KEYS_DIR',
    about:
      'Where the server keeps one encrypted backup of the keys, made anew when they change. Off when not set.',
  },
  {
    name: 'ELEKTO_BACKUP_KEYS_RECIPIENT',
    about: 'The public key to which that is encrypted: another than that of the database.',
  },
  {
    name: 'ELEKTO_ANNOUNCE_TO',
    about:
      'Where the server tells of openings, ends and results: `slack=<address>`, `discord=`, `matrix=` or `json=`, separated by spaces. Off when not set.',
    secret: true,
  },
  {
    name: 'ELEKTO_ANNOUNCE_SECRET',
    about: 'What is sent as `json` is signed with it (Standard Webhooks; `whsec_...` or any text).',
    secret: true,
  },
  {
    name: 'ELEKTO_ANNOUNCE_DAYS',
    about: 'How many days before the end there is a reminder; several, separated by commas.',
    fallback: '3',
  },
  {
    name: 'ELEKTO_ANNOUNCE_LOOPBACK',
    about: '`on` allows addresses on this machine, also by http.',
    fallback: 'off',
  },
  {
    name: 'ELEKTO_TRUST_PROXY',
    about: 'Whose X-Forwarded-For is believed: `loopback`, `uniquelocal`, addresses, or a number of hops.',
    fallback: 'loopback',
  },
  {
    name: 'ELEKTO_METRICS',
    about: '`on` answers GET /metrics for Prometheus, when asked directly and not through a proxy.',
    fallback: 'off',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    about: 'Where to send OpenTelemetry, over HTTP as JSON: `http://collector:4318`. Off when not set.',
  },
  {
    name: 'OTEL_EXPORTER_OTLP_HEADERS',
    about: 'Headers to send along: `name=value`, separated by commas, percent-encoded.',
    secret: true,
  },
  {
    name: 'OTEL_SERVICE_NAME',
    about: 'What this server is called there.',
    fallback: 'elekto',
  },
  {
    name: 'OTEL_METRIC_EXPORT_INTERVAL',
    about: 'Milliseconds between two exports.',
    fallback: '60000',
  },
  {
    name: 'ELEKTO_DEMO_SIGN_IN',
    about: 'Set by `npm start`: the stand-in for the provider on this machine. Loopback only.',
  },
  {
    name: 'LOG_LEVEL',
    about: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`.',
    fallback: 'info',
  },
] as const satisfies readonly Variable[];

export type VariableName = (typeof VARIABLES)[number]['name'];

/** Variables of the older Elekto that have no counterpart, with the reason that is given once. */
export const DROPPED: Readonly<Record<string, string>> = {
  APP_KEY: 'sessions need no key any more',
  APP_ENV: 'there is no debug mode',
  APP_DEBUG: 'there is no debug mode',
  APP_CONNECT: 'how to listen is set with HOST and PORT',
  APP_HOST: 'how to listen is set with HOST and PORT',
  APP_PORT: 'how to listen is set with HOST and PORT',
  META_DEPLOYMENT: 'the repository is followed by webhook and by polling',
  META_PATH: 'the clone is kept in ELEKTO_DATA_DIR',
  MIN_PASSCODE_LENGTH: 'passphrases are made in the browser',
  GITHUB_REDIRECT: 'the callback is always <ELEKTO_URL>/oauth/github/callback',
};
