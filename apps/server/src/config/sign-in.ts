/** The one provider of accounts that this instance believes, or the stand-in of a trial on this machine. */
import { isLoopback } from './checks.ts';
import type { Environment } from './environment.ts';

export type ProviderKind = 'github' | 'gitlab' | 'forgejo' | 'gitea' | 'oidc';

export interface SignInSettings {
  readonly kind: ProviderKind;
  /** What people call it: "Sign in with <name>". */
  readonly name: string;
  /** Without a slash at the end, but for an issuer of OpenID Connect, which is kept as it is written. */
  readonly url: string;
  /** Where the profiles are, each at a slash and the login; null where there are none. */
  readonly profiles: string | null;
  /** GitHub's API; null for the others. */
  readonly apiUrl: string | null;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The claim that holds the login; null for GitHub. */
  readonly loginClaim: string | null;
  /** How logins are compared; null where nobody says and the database remembers (`keepLoginRule`). */
  readonly loginCase: 'exact' | 'ignored' | null;
  /** True for the stand-in on loopback. */
  readonly demo: boolean;
}

/** Where each provider is, when nothing else is said, and what it is called there. */
const PROVIDERS: Readonly<
  Record<ProviderKind, { readonly url: string | null; readonly name: string | null }>
> = {
  github: { url: 'https://github.com', name: 'GitHub' },
  gitlab: { url: 'https://gitlab.com', name: 'GitLab' },
  forgejo: { url: 'https://codeberg.org', name: 'Forgejo' },
  gitea: { url: null, name: 'Gitea' },
  oidc: { url: null, name: null },
};

export const PROVIDER_KINDS = Object.keys(PROVIDERS) as [ProviderKind, ...ProviderKind[]];

/** Where the provider sends the browser back to; each kind has its own, so that none finishes what another began. */
export const callbackPath = (kind: ProviderKind): string => `/oauth/${kind}/callback`;

const isKind = (text: string): text is ProviderKind => Object.hasOwn(PROVIDERS, text);

/** Null when a problem was added. */
export function readSignIn({ values }: Environment, problems: string[]): SignInSettings | null {
  const clientId = values.ELEKTO_SIGN_IN_CLIENT_ID;
  const clientSecret = values.ELEKTO_SIGN_IN_CLIENT_SECRET;
  const kind = values.ELEKTO_SIGN_IN ?? 'github';
  const fail = (problem: string): null => {
    problems.push(problem);
    return null;
  };
  // The schema says what is wrong with it.
  if (!isKind(kind)) return null;
  if (clientId !== undefined && clientSecret === undefined)
    return fail(
      'ELEKTO_SIGN_IN_CLIENT_SECRET is not set, but ELEKTO_SIGN_IN_CLIENT_ID is: set both or neither.',
    );
  if (clientId === undefined && clientSecret !== undefined)
    return fail(
      'ELEKTO_SIGN_IN_CLIENT_ID is not set, but ELEKTO_SIGN_IN_CLIENT_SECRET is: set both or neither.',
    );
  if (clientId === undefined || clientSecret === undefined) return standIn(kind, values, fail);
  const loginCase = values.ELEKTO_SIGN_IN_LOGIN_CASE;
  if (loginCase === 'exact' && kind !== 'oidc')
    return fail(`ELEKTO_SIGN_IN_LOGIN_CASE=exact is for oidc: ${kind} does not tell Ada from ada. Unset it.`);
  if (values.ELEKTO_DEMO_SIGN_IN !== undefined)
    return fail('ELEKTO_DEMO_SIGN_IN is set beside ELEKTO_SIGN_IN_CLIENT_ID: unset one of the two.');
  const url = kind === 'oidc' ? values.ELEKTO_SIGN_IN_URL : withoutSlash(values.ELEKTO_SIGN_IN_URL);
  const there = url ?? PROVIDERS[kind].url;
  if (there === null || there === undefined)
    return fail(
      `ELEKTO_SIGN_IN=${kind} needs ELEKTO_SIGN_IN_URL: ${kind === 'oidc' ? 'the issuer, as the provider writes it' : 'where that is'}.`,
    );
  const apiUrl = apiOf(kind, there, values);
  const open = [
    ['ELEKTO_SIGN_IN_URL', there],
    ['ELEKTO_SIGN_IN_API_URL', apiUrl ?? ''],
  ].find(([, address = '']) => /^http:/i.test(address) && !isLoopback(hostOf(address)));
  if (open !== undefined)
    return fail(`${open.join(': ')} is not https, and whoever is on the way could sign in as anybody.`);
  const own = ownNames(kind, values, there, false);
  return {
    kind,
    url: there,
    clientId,
    clientSecret,
    demo: false,
    apiUrl,
    ...own,
  };
}

type Values = Environment['values'];

/** What the stand-in of `npm start` is asked for, in the words of the provider that it plays. */
function standIn(kind: ProviderKind, values: Values, fail: (problem: string) => null): SignInSettings | null {
  const host = values.HOST ?? '127.0.0.1';
  const demo = values.ELEKTO_DEMO_SIGN_IN;
  const set = 'set ELEKTO_SIGN_IN_CLIENT_ID and ELEKTO_SIGN_IN_CLIENT_SECRET';
  if (!isLoopback(host))
    return fail(
      `No sign-in app is configured and HOST=${host} is not loopback: ${set}. The demo sign-in is for this machine only.`,
    );
  if (values.ELEKTO_URL !== undefined && !isLoopback(hostOf(values.ELEKTO_URL)))
    return fail(`No sign-in app is configured, but ELEKTO_URL is not on loopback: ${set}.`);
  if (demo === undefined)
    return fail(`No sign-in app is configured: ${set} (or use \`npm start\`, which brings a demo sign-in).`);
  if (!isLoopback(hostOf(demo)))
    return fail('ELEKTO_DEMO_SIGN_IN is not on loopback: the demo sign-in is for this machine only.');
  const url = demo.replace(/\/+$/, '');
  const client = { clientId: 'elekto-demo', clientSecret: 'elekto-demo-secret' };
  const apiUrl = kind === 'github' ? url : null;
  return { kind, url, apiUrl, ...client, demo: true, ...ownNames(kind, values, url, true) };
}

function ownNames(kind: ProviderKind, values: Values, url: string, demo: boolean) {
  const known = url === 'https://codeberg.org' ? 'Codeberg' : PROVIDERS[kind].name;
  const oidc = kind === 'oidc';
  const claim = oidc ? values.ELEKTO_SIGN_IN_LOGIN_CLAIM : undefined;
  return {
    name: values.ELEKTO_SIGN_IN_NAME ?? known ?? hostOf(url),
    profiles: oidc ? null : demo ? PROVIDERS[kind].url : url,
    loginClaim: kind === 'github' ? null : (claim ?? 'preferred_username'),
    loginCase: oidc ? caseIn(values) : ('ignored' as const),
  };
}

/** The schema says what is wrong with another value. */
function caseIn({ ELEKTO_SIGN_IN_LOGIN_CASE: said }: Values): SignInSettings['loginCase'] {
  return said === 'exact' || said === 'ignored' ? said : null;
}

function apiOf(kind: ProviderKind, url: string, values: Values): string | null {
  if (kind !== 'github') return null;
  const own = url === 'https://github.com' ? 'https://api.github.com' : `${url}/api/v3`;
  return withoutSlash(values.ELEKTO_SIGN_IN_API_URL) ?? own;
}

const withoutSlash = (url: string | undefined): string | undefined => url?.replace(/\/+$/, '');

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
