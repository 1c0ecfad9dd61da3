/**
 * Sign-in with any issuer of OpenID Connect, by discovery: GitLab, Forgejo and Gitea are such issuers. The ID token's
 * signature, issuer, audience, nonce and times are checked, also where TLS would do (Core 1.0, section 3.1.3.7), the
 * `iss` of the answer (RFC 9207), and PKCE binds the code to this sign-in (RFC 7636). All tokens are dropped.
 */
import * as client from 'openid-client';

import { isLoopback } from '../config/checks.ts';
import type { SignInSettings } from '../config/sign-in.ts';

import { bounded } from './bounded-fetch.ts';
import { PATIENCE, type SignInFlow, type SignInProblem } from './flow.ts';
import { believe } from './openid-problem.ts';
import { accountOf } from './provider-account.ts';
import type { StateStore } from './state-store.ts';

export type Fetch = client.CustomFetch;

/** `profile` is where the login is; GitLab and Forgejo know both. */
const SCOPE = 'openid profile';
/** What an issuer says of itself is asked anew after so long, ms. */
const FRESH = 60 * 60_000;

interface Parts {
  readonly settings: SignInSettings;
  readonly callbackUrl: string;
  readonly store: StateStore;
  readonly fetch?: Fetch | undefined;
}

export function createOpenIdFlow({ settings, callbackUrl, store, fetch }: Parts): SignInFlow {
  const issuer = discovered(settings, fetch);
  const failed = (error: unknown): SignInProblem => ({ kind: 'failed', error });

  return {
    wayBack: (req) => store.wayBack(req),

    async begin(req, res) {
      const config = await issuer().catch(failed);
      if ('kind' in config) return config;
      const verifier = client.randomPKCECodeVerifier();
      const { state, nonce } = store.start(req, verifier);
      const to = client.buildAuthorizationUrl(config, {
        redirect_uri: callbackUrl,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      res.redirect(302, to.href);
      return null;
    },

    async finish(req) {
      const { search, searchParams } = new URL(req.originalUrl, callbackUrl);
      const pending = store.take(req, searchParams.get('state'));
      if (pending === null) return { kind: 'not-yours' };
      if (searchParams.get('error') === 'access_denied') return { kind: 'declined' };
      const config = await issuer().catch(failed);
      if ('kind' in config) return config;
      // By our own address, whatever the request was sent to.
      const answer = new URL(callbackUrl);
      answer.search = search;
      return believe(async () => {
        const tokens = await client.authorizationCodeGrant(config, answer, {
          pkceCodeVerifier: pending.verifier,
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        const subject = claims?.sub ?? '';
        const name = settings.loginClaim ?? 'preferred_username';
        const login =
          claims?.[name] ?? (await client.fetchUserInfo(config, tokens.access_token, subject))[name];
        return { kind: 'signed-in', account: accountOf(subject, login), next: pending.next };
      });
    },
  };
}

/** What the issuer says of itself: asked when it is needed, so that a provider that is away stops no start. */
function discovered(settings: SignInSettings, fetch: Fetch | undefined): () => Promise<client.Configuration> {
  const url = new URL(settings.url);
  const { clientId, clientSecret } = settings;
  const byBody = client.ClientSecretPost(clientSecret);
  const byHeader = client.ClientSecretBasic(clientSecret);
  // The header is what OpenID Connect takes for granted; GitLab, Forgejo and Gitea do not decode what stands there.
  const takesHeader = ({ token_endpoint_auth_methods_supported: methods }: client.ServerMetadata): boolean =>
    settings.kind === 'oidc' && (methods === undefined || methods.includes('client_secret_basic'));
  const authenticate: client.ClientAuth = (as, ...rest) => (takesHeader(as) ? byHeader : byBody)(as, ...rest);
  let known: { readonly config: Promise<client.Configuration>; readonly at: number } | null = null;
  return async () => {
    if (known !== null && performance.now() - known.at < FRESH) return known.config;
    const config = client.discovery(url, clientId, undefined, authenticate, {
      timeout: PATIENCE / 1000,
      execute: [
        client.enableNonRepudiationChecks,
        ...(isLoopback(url.hostname) ? [client.allowInsecureRequests] : []),
      ],
      [client.customFetch]: bounded(fetch ?? ((at, options) => globalThis.fetch(at, options as RequestInit))),
    });
    const asked = { config, at: performance.now() };
    known = asked;
    config.catch(() => {
      if (known === asked) known = null;
    });
    return config;
  };
}

/** What the issuer says to a code that it never gave: whether it knows the app is in it; `ok` from one that takes any. Null when it does not answer. */
export async function refusalOfApp(
  settings: SignInSettings,
  callbackUrl: string,
  code: string,
): Promise<string | null> {
  try {
    const config = await discovered(settings, undefined)();
    const form = { code, redirect_uri: callbackUrl, code_verifier: client.randomPKCECodeVerifier() };
    await client.genericGrantRequest(config, 'authorization_code', form);
    return 'ok';
  } catch (error) {
    if (error instanceof client.ResponseBodyError) return error.error;
    return error instanceof client.ClientError ? (error.code ?? error.message) : null;
  }
}
