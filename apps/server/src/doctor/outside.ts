/* eslint elekto/words-in-catalogue: off -- for the operator at a terminal, in English as all of them */
/** What can be seen from outside: the repository, the server itself, and what a stranger gets. */
import { withTemporary } from '@elekto/backup';
import { MetaRepoError, openMetaRepo } from '@elekto/metarepo';
import { createHmac } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { hostInUrl, type Config } from '../config/config.ts';
import { callbackPath } from '../config/sign-in.ts';
import { SIGN_IN_PATH } from '../http/auth-routes.ts';
import { TakesTooLong, within } from '../within.ts';

import { ask } from './ask.ts';
import { look, well, wrong, type Finding } from './finding.ts';

/**
 * Whether the repository can be read, by reading all of it into a directory that is removed.
 * @param patience ms after which it is left, whether its host is silent, says a byte now and then, or has much to send.
 */
export async function repositoryFinding({ meta }: Config, patience: number): Promise<Finding> {
  const cacheDir = await mkdtemp(join(tmpdir(), 'elekto-doctor-'));
  return withTemporary(cacheDir, async () => {
    const repo = await openMetaRepo({ ...meta, cacheDir });
    try {
      const { elections, diagnostics } = await within(patience, repo.sync());
      const broken = [...elections.values()].filter(({ election }) => election === null).length;
      const told = `${elections.size} elections can be read`;
      const bad = broken + diagnostics.filter(({ severity }) => severity === 'error').length;
      return bad === 0
        ? well('repository', told)
        : look('repository', `${told}, ${bad} problems: elekto lint says which`);
    } finally {
      await repo.close();
    }
  }).catch((error: unknown) => {
    if (error instanceof TakesTooLong)
      return look(
        'repository',
        `its host did not send it within ${patience / 1000} s: whether it can be read was not looked at to the end`,
      );
    if (!(error instanceof MetaRepoError)) throw error;
    return wrong('repository', error.message);
  });
}

/** The server at its own port, and then as everybody sees it. */
export async function serverFindings(config: Config): Promise<Finding[]> {
  const here = `http://${config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : hostInUrl(config.host)}:${config.port}`;
  const ready = await ask(`${here}/readyz`);
  if (ready === null) return [look('server', `does not run at ${here}: what it serves was not looked at`)];
  const parts = (await ready.json().catch(() => ({}))) as Record<string, unknown>;
  const { status, degraded, ...needed } = parts;
  const bad = Object.entries(needed).filter(([, state]) => state !== 'ok');
  const troubled = Array.isArray(degraded) && degraded.length > 0;
  const server =
    status !== 'ready'
      ? wrong('server', bad.map(([name, state]) => `${name} ${String(state)}`).join(', '))
      : troubled
        ? look('server', `ready; ${degraded.join(', ')}: see docs/operators-watch.md`)
        : well('server', `ready at ${here}`);
  return [server, ...(await strangerFindings(config)), await webhookFinding(config)];
}

async function strangerFindings({ url, metrics, signIn }: Config): Promise<Finding[]> {
  const page = await ask(`${url}/`);
  if (page === null)
    return [wrong('public address', `nothing answers at ${url}: see DNS, the proxy and its certificate`)];
  const findings = [
    page.status === 200
      ? well('public address', `${url} shows the pages`)
      : wrong(
          'public address',
          `${url} answers ${page.status}: the proxy does not reach this server, or another one answers`,
        ),
  ];
  const begun = await ask(url + SIGN_IN_PATH);
  // Whatever answers there may lead to a path, or to nothing that is an address.
  const callback = URL.parse(begun?.headers.get('location') ?? '', url)?.searchParams.get('redirect_uri');
  findings.push(
    callback === url + callbackPath(signIn.kind)
      ? well('sign-in', `comes back to ${url}`)
      : wrong('sign-in', `does not begin at ${url}${SIGN_IN_PATH}: see ELEKTO_URL and the proxy`),
  );
  const told = metrics ? await ask(`${url}/metrics`) : null;
  if (told?.status === 200 && !isHere(url))
    findings.push(wrong('proxy', 'passes /metrics on to everybody: it must set X-Forwarded-For'));
  else findings.push(well('strangers', 'get no metrics'));
  return findings;
}

const isHere = (url: string): boolean => /^http:\/\/(localhost|127\.|\[::1\])/.test(url);

async function webhookFinding({ url, webhookSecret, meta }: Config): Promise<Finding> {
  const what = 'webhook';
  if (webhookSecret === undefined) {
    return meta.pollMs > 0
      ? look(what, `no ELEKTO_WEBHOOK_SECRET: merges show after up to ${meta.pollMs / 1000} s`)
      : wrong(what, 'no ELEKTO_WEBHOOK_SECRET, and ELEKTO_META_POLL is 0: merges never show');
  }
  const body = '{}';
  const answer = await ask(`${url}/v1/webhooks/meta/sync`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'ping',
      'x-hub-signature-256': `sha256=${createHmac('sha256', webhookSecret).update(body).digest('hex')}`,
    },
    body,
  });
  return answer?.status === 200
    ? well(what, `${url}/v1/webhooks/meta/sync takes what is signed with the secret`)
    : wrong(
        what,
        `a signed ping is answered ${answer?.status ?? 'by nobody'}: see the proxy, and that the server has this secret`,
      );
}
