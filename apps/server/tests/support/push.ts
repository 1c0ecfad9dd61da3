/** Deliveries of a webhook as forges make them, and waiting until they have had their effect. */
import type { GitRepository } from '@elekto/testing';
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** What `run()` gives the server. */
export const WEBHOOK_SECRET = 'a webhook secret';

export const signatureOf = (body: string | Buffer, secret = WEBHOOK_SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** The body of GitHub's push event, as far as it is read. */
export const pushTo = (repository: Pick<GitRepository, 'url'>, ref = 'refs/heads/main'): string =>
  JSON.stringify({ ref, repository: { clone_url: repository.url, default_branch: 'main' } });

/** One delivery with just these headers. */
export function post(
  origin: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  return fetch(`${origin}/v1/webhooks/meta/sync`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

/** A signed delivery, as GitHub makes it. */
export const postSigned = (origin: string, body: string, event = 'push'): Promise<Response> =>
  post(origin, body, { 'x-github-event': event, 'x-hub-signature-256': signatureOf(body) });

/** The commit that the API and the pages show; null while they differ. */
export async function servedCommit(origin: string): Promise<string | null> {
  const { commit, site } = (await (await fetch(`${origin}/status`)).json()) as {
    commit: string | null;
    site: { commit: string | null };
  };
  return commit === site.commit ? commit : null;
}

/** Tells the server about a push, then waits until it serves that commit. */
export async function deliver(origin: string, repository: GitRepository, commit: string): Promise<void> {
  const response = await postSigned(origin, pushTo(repository));
  if (response.status !== 202) throw new Error(`the webhook answered ${response.status}`);
  for (let i = 0; i < 2400; i += 1) {
    if ((await servedCommit(origin)) === commit) return;
    await sleep(25);
  }
  throw new Error(`the push was never served: ${await (await fetch(`${origin}/status`)).text()}`);
}
