/**
 * POST /v1/webhooks/meta/sync: "the meta repository has changed". GitHub, Forgejo and Gitea sign the raw body with a
 * shared secret; GitLab signs it as Standard Webhooks says when the webhook has a signing token, and else sends its secret
 * token. A delivery only ever causes a look at the repository, so a replayed one is harmless.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import express, { Router, type Request, type Response } from 'express';

import { standardSignature } from './standard-webhooks.ts';

export interface WebhookOptions {
  readonly secret: string | undefined;
  /** The repository's URL or path, as configured. */
  readonly source: string;
  /** The branch being followed; undefined while it is the remote's default. */
  readonly branch: string | undefined;
  /** Starts a sync; returns at once. */
  readonly sync: () => void;
  /** Seconds to wait, or null. */
  readonly limit: (req: Request) => Promise<number | null>;
}

/** Push events of large merges are a few hundred kB. */
const MOST_BYTES = 1024 * 1024;

const digest = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/** Whether the body is from who knows the secret. The first of these headers decides. */
export function isAuthentic(req: Pick<Request, 'get'>, body: Buffer, secret: string): boolean {
  const mac = () => createHmac('sha256', secret).update(body).digest('hex');
  const gitHub = req.get('x-hub-signature-256');
  if (gitHub !== undefined) return same(gitHub, `sha256=${mac()}`);
  // Forgejo calls it by both names, and writes the digits alone.
  const forgejo = req.get('x-forgejo-signature') ?? req.get('x-gitea-signature');
  if (forgejo !== undefined) return same(forgejo, mac());
  const signed = req.get('webhook-signature');
  if (signed !== undefined) return isSigned(req, signed, body, secret);
  const token = req.get('x-gitlab-token');
  return token !== undefined && same(token, secret);
}

/** By Standard Webhooks; several signatures stand there while keys change. */
function isSigned(req: Pick<Request, 'get'>, signatures: string, body: Buffer, secret: string): boolean {
  const wanted = standardSignature(
    secret,
    req.get('webhook-id') ?? '',
    req.get('webhook-timestamp') ?? '',
    body,
  );
  return signatures.split(' ').some((signature) => same(signature, wanted));
}

/** `host/owner/name` of a repository URL, for comparing; null for a local path. */
export function repositoryName(url: unknown): string | null {
  const parsed = typeof url === 'string' ? URL.parse(url) : null;
  if (!parsed?.host) return null;
  return `${parsed.host}${parsed.pathname.replace(/\.git$/, '').replace(/\/+$/, '')}`.toLowerCase();
}

interface Push {
  readonly ref?: unknown;
  readonly deleted?: unknown;
  readonly repository?: {
    clone_url?: unknown;
    html_url?: unknown;
    default_branch?: unknown;
    git_http_url?: unknown;
    homepage?: unknown;
  };
  readonly project?: { git_http_url?: unknown; web_url?: unknown; default_branch?: unknown };
}

type Verdict = { readonly status: number; readonly message: string; readonly sync?: true };

/** What to do with an authentic delivery. */
export function judge(
  event: string,
  push: Push,
  { source, branch }: Pick<WebhookOptions, 'source' | 'branch'>,
): Verdict {
  if (event === 'ping') return { status: 200, message: 'pong' };
  if (event !== 'push' && event !== 'Push Hook')
    return { status: 202, message: 'Only push events are acted on.' };
  const ours = repositoryName(source);
  const theirs = [
    push.repository?.clone_url,
    push.repository?.html_url,
    push.project?.git_http_url,
    push.project?.web_url,
  ]
    .map(repositoryName)
    .filter((name) => name !== null);
  if (ours !== null && theirs.length > 0 && !theirs.includes(ours)) {
    return { status: 422, message: 'This is another repository than the one being followed.' };
  }
  const followed = branch ?? push.repository?.default_branch ?? push.project?.default_branch;
  // Without a ref it is `elekto sync`, which asks for a look at whatever is followed.
  if (push.ref !== undefined && typeof followed === 'string' && push.ref !== `refs/heads/${followed}`) {
    return { status: 202, message: 'Another branch is followed.' };
  }
  return { status: 202, message: 'The repository is being read.', sync: true };
}

export function webhookRoutes(options: WebhookOptions): Router {
  const answer = (res: Response, { status, message }: Verdict): void =>
    void res.status(status).json({ message });
  const routes = Router();
  routes.post(
    '/v1/webhooks/meta/sync',
    express.raw({ type: () => true, limit: MOST_BYTES }),
    async (req, res) => {
      const wait = await options.limit(req);
      if (wait !== null) {
        res.setHeader('Retry-After', wait);
        return answer(res, { status: 429, message: 'Too many deliveries.' });
      }
      if (options.secret === undefined)
        return answer(res, { status: 403, message: 'No webhook secret is configured.' });
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      if (!isAuthentic(req, body, options.secret))
        return answer(res, { status: 401, message: 'The signature is missing or wrong.' });
      const push = readPayload(req, body);
      if (push === null) return answer(res, { status: 400, message: 'The payload is not a JSON object.' });
      const verdict = judge(eventOf(req), push, options);
      if (verdict.sync) options.sync();
      answer(res, verdict);
    },
  );
  return routes;
}

/** Forgejo and Gitea call it by GitHub's name, too. */
const eventOf = (req: Request): string =>
  req.get('x-github-event') ?? req.get('x-gitea-event') ?? req.get('x-gitlab-event') ?? '';

/** JSON, or GitHub's form with JSON in `payload`. */
function readPayload(req: Request, body: Buffer): Push | null {
  try {
    const text = body.toString('utf8');
    const json: unknown = JSON.parse(
      req.is('application/x-www-form-urlencoded') ? (new URLSearchParams(text).get('payload') ?? '') : text,
    );
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : null;
  } catch {
    return null;
  }
}
