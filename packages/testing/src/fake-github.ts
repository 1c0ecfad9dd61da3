/**
 * A stand-in for a provider of accounts on loopback: the authorize page, the token endpoint and GET /user as GitHub has
 * them, and beside them what an issuer of OpenID Connect has, which GitLab, Forgejo and Gitea are. As strict as they are
 * where it matters to who signs in (codes used once, client, redirect and PKCE checked). For the demo and for tests; it
 * believes whoever clicks.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Request, type Response } from 'express';

import { choosePage, problemPage } from './fake-github-page.ts';
import { idTokenSigner } from './id-token.ts';

export interface FakeGitHubPerson {
  /** GitHub's numeric id: what identifies a person, also after a rename. */
  readonly id: number;
  readonly login: string;
  readonly name: string;
  /** One sentence on who they are, shown on the page. */
  readonly about: string;
}

export interface FakeGitHubOptions {
  readonly people: readonly FakeGitHubPerson[];
  /** Whom it stands in for, as its page says; GitHub when absent. */
  readonly name?: string | undefined;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Redirects allowed; by default any on loopback that ends in Elekto's callback path. */
  readonly allowRedirect?: (uri: string) => boolean;
}

export interface FakeGitHub {
  /** Base URL, without a slash at the end; also of the API. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Adds a person, or replaces the one with that id: a rename keeps the id. */
  setPerson(person: FakeGitHubPerson): void;
  close(): Promise<void>;
}

/** The one pair of credentials that a demo server uses when nothing else is said. */
export const DEMO_CLIENT = { clientId: 'elekto-demo', clientSecret: 'elekto-demo-secret' } as const;

const CODE_LIFETIME = 10 * 60_000;

interface Grant {
  readonly personId: number;
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly nonce: string;
  readonly expiresAt: number;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const same = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((s) => createHash('sha256').update(s).digest()) as [Buffer, Buffer];
  return timingSafeEqual(x, y);
};

function onLoopback(uri: string): boolean {
  try {
    const { hostname, pathname } = new URL(uri);
    return (
      ['localhost', '127.0.0.1', '[::1]'].includes(hostname) && /^\/oauth\/[a-z]+\/callback$/.test(pathname)
    );
  } catch {
    return false;
  }
}

/** Starts it on 127.0.0.1. */
export async function startFakeGitHub(options: FakeGitHubOptions): Promise<FakeGitHub> {
  const clientId = options.clientId ?? DEMO_CLIENT.clientId;
  const clientSecret = options.clientSecret ?? DEMO_CLIENT.clientSecret;
  const people = new Map(options.people.map((person) => [person.id, person]));
  const app = gitHubApp({
    people,
    name: options.name ?? 'GitHub',
    clientId,
    clientSecret,
    allowRedirect: options.allowRedirect ?? onLoopback,
  });
  const server = await listen(app, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId,
    clientSecret,
    setPerson: (person) => void people.set(person.id, person),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(app: Express, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, '127.0.0.1', (error?: Error) =>
      error ? reject(error) : resolve(server),
    );
  });
}

interface AppParts {
  readonly name: string;
  readonly people: ReadonlyMap<number, FakeGitHubPerson>;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly allowRedirect: (uri: string) => boolean;
}

function gitHubApp({ people, name, clientId, clientSecret, allowRedirect }: AppParts): Express {
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, number>();
  const app = express();
  app.disable('x-powered-by');
  app.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    res.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    );
    next();
  });
  app.use(express.urlencoded({ extended: false, limit: '16kb' }));

  /** The request's fields when it may go on; otherwise answers 400 and gives null. */
  function authorizeFields(source: Record<string, unknown>, res: Response): Record<string, string> | null {
    const fields = Object.fromEntries(
      ['client_id', 'redirect_uri', 'state', 'code_challenge', 'code_challenge_method', 'nonce'].map(
        (name) => [name, text(source[name])],
      ),
    ) as Record<string, string>;
    const problem =
      fields['client_id'] !== clientId
        ? 'No application with this client_id is known here.'
        : !allowRedirect(fields['redirect_uri'] ?? '')
          ? 'The redirect_uri is not one of this application.'
          : fields['code_challenge'] && fields['code_challenge_method'] !== 'S256'
            ? 'Only S256 is known as code_challenge_method.'
            : null;
    if (problem === null) return fields;
    res.status(400).send(problemPage(problem));
    return null;
  }

  app.get('/login/oauth/authorize', (req: Request, res: Response) => {
    const fields = authorizeFields(req.query, res);
    if (fields) res.send(choosePage(name, [...people.values()], fields));
  });

  app.post('/login/oauth/authorize', (req: Request, res: Response) => {
    const body = (req.body ?? {}) as Record<string, unknown>;
    const fields = authorizeFields(body, res);
    if (!fields) return;
    const person = [...people.values()].find(({ login }) => login === body['login']);
    if (!person) return void res.status(400).send(problemPage('There is nobody here by that name.'));
    const code = randomBytes(10).toString('hex');
    grants.set(code, {
      personId: person.id,
      redirectUri: fields['redirect_uri'] ?? '',
      challenge: fields['code_challenge'] || null,
      nonce: fields['nonce'] ?? '',
      expiresAt: Date.now() + CODE_LIFETIME,
    });
    const back = new URL(fields['redirect_uri'] ?? '');
    back.searchParams.set('code', code);
    if (fields['state']) back.searchParams.set('state', fields['state']);
    res.redirect(302, back.href);
  });

  type Redeemed =
    | { readonly grant: Grant; readonly token: string }
    | { readonly error: 'incorrect_client_credentials' | 'bad_verification_code' | 'redirect_uri_mismatch' };

  function redeem(body: Record<string, unknown>): Redeemed {
    const code = text(body['code']);
    const grant = grants.get(code);
    grants.delete(code);
    const verifier = text(body['code_verifier']);
    if (text(body['client_id']) !== clientId || !same(text(body['client_secret']), clientSecret))
      return { error: 'incorrect_client_credentials' };
    const proven =
      grant === undefined ||
      grant.challenge === null ||
      createHash('sha256').update(verifier).digest('base64url') === grant.challenge;
    if (!grant || !proven || grant.expiresAt < Date.now()) return { error: 'bad_verification_code' };
    if (text(body['redirect_uri']) !== grant.redirectUri) return { error: 'redirect_uri_mismatch' };
    const token = `gho_${randomBytes(18).toString('hex')}`;
    tokens.set(token, grant.personId);
    return { grant, token };
  }

  // Like GitHub, failures answer 200 with `error` in the body.
  app.post('/login/oauth/access_token', (req: Request, res: Response) => {
    const redeemed = redeem((req.body ?? {}) as Record<string, unknown>);
    if ('error' in redeemed) return void res.json({ error: redeemed.error });
    res.json({ access_token: redeemed.token, token_type: 'bearer', scope: '' });
  });

  // The same as an issuer of OpenID Connect: failures as in RFC 6749, section 5.2.
  const signer = idTokenSigner();
  const issuerOf = (req: Request): string => `http://${req.get('host') ?? ''}`;
  app.get('/.well-known/openid-configuration', (req: Request, res: Response) => {
    const issuer = issuerOf(req);
    res.json({
      issuer,
      authorization_endpoint: `${issuer}/login/oauth/authorize`,
      token_endpoint: `${issuer}/login/oauth/token`,
      jwks_uri: `${issuer}/login/oauth/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      code_challenge_methods_supported: ['S256'],
    });
  });
  app.get('/login/oauth/keys', (_req: Request, res: Response) => void res.json(signer.jwks));
  app.post('/login/oauth/token', (req: Request, res: Response) => {
    const redeemed = redeem((req.body ?? {}) as Record<string, unknown>);
    if ('error' in redeemed) {
      const error = redeemed.error === 'incorrect_client_credentials' ? 'invalid_client' : 'invalid_grant';
      return void res.status(400).json({ error });
    }
    const { grant, token } = redeemed;
    const person = people.get(grant.personId);
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuerOf(req),
      aud: clientId,
      sub: String(grant.personId),
      preferred_username: person?.login,
      nonce: grant.nonce,
      iat: now,
      exp: now + 300,
    };
    res.json({ access_token: token, token_type: 'bearer', id_token: signer.sign(claims) });
  });

  app.get('/user', (req: Request, res: Response) => {
    const token = /^(?:bearer|token) (\S+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? '';
    const person = people.get(tokens.get(token) ?? -1);
    if (!person) return void res.status(401).json({ message: 'Bad credentials' });
    res.json({ id: person.id, login: person.login, name: person.name, type: 'User' });
  });

  app.use(
    (_req: Request, res: Response) => void res.status(404).send(problemPage('There is no such page here.')),
  );
  return app;
}
