/** The webhook over HTTP: what starts a look at the repository, and what is refused. */
import { startGitServer, type GitRepository, type GitServer } from '@elekto/testing';
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { electionFiles } from './support/meta.ts';
import { deliver, post, postSigned, pushTo, servedCommit, signatureOf } from './support/push.ts';
import { run, type Running } from './support/running.ts';

let git: GitServer;
let repository: GitRepository;
let running: Running;
let commit = '';

const named = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(electionFiles({ name })).map(([file, text]) => [`elections/steering/${file}`, text]),
  );

beforeAll(async () => {
  git = await startGitServer();
  repository = await git.createRepository('meta');
  commit = await repository.publish(named('First'));
  running = await run({ meta: repository.url, people: [] });
});
afterAll(async () => {
  await running?.stop();
  await git?.close();
});

/** Something is there to be read; what is refused must not lead to its being read. */
async function expectNotRead(): Promise<void> {
  await sleep(100);
  await running.server.tick();
  expect(await servedCommit(running.url)).toBe(commit);
}

describe('a delivery that is not what it should be', () => {
  beforeAll(async () => {
    await repository.publish(named('Second'));
  });

  const body = (): string => pushTo(repository);
  const push = { 'x-github-event': 'push' };

  it.each<[string, () => Record<string, string>]>([
    ['no signature', () => ({})],
    ['an empty signature', () => ({ 'x-hub-signature-256': '' })],
    ['a signature with another secret', () => ({ 'x-hub-signature-256': signatureOf(body(), 'another') })],
    ['a signature with an empty secret', () => ({ 'x-hub-signature-256': signatureOf(body(), '') })],
    [
      'a signature of the same JSON written differently',
      () => ({ 'x-hub-signature-256': signatureOf(JSON.stringify(JSON.parse(body()), null, 1)) }),
    ],
    ['a signature without its prefix', () => ({ 'x-hub-signature-256': signatureOf(body()).slice(7) })],
    [
      'the old signature only',
      () => ({
        'x-hub-signature': `sha1=${createHmac('sha1', 'a webhook secret').update(body()).digest('hex')}`,
      }),
    ],
    ['a wrong GitLab token', () => ({ 'x-gitlab-token': 'a webhook secre' })],
  ])('is refused with %s', async (_, headers) => {
    expect((await post(running.url, body(), { ...push, ...headers() })).status).toBe(401);
    await expectNotRead();
  });

  it('is refused for another repository', async () => {
    const other = pushTo({ url: repository.url.replace('/meta.git', '/other.git') });
    expect((await postSigned(running.url, other)).status).toBe(422);
    await expectNotRead();
  });

  it.each([
    ['another branch', 'push', 'refs/heads/draft'],
    ['a branch whose name only begins alike', 'push', 'refs/heads/main2'],
    ['a tag of that name', 'push', 'refs/tags/main'],
    ['another event', 'pull_request', 'refs/heads/main'],
  ])('leads to nothing for %s, without counting as a failure at the forge', async (_, event, ref) => {
    const response = await postSigned(running.url, pushTo(repository, ref), event);
    expect(response.status).toBe(202);
    expect(((await response.json()) as { message: string }).message).toMatch(/^(Another branch|Only push)/);
    await expectNotRead();
  });

  it.each(['', 'nonsense', '[]', 'null', '7'])('is refused when it is signed but is %j', async (text) => {
    expect((await postSigned(running.url, text)).status).toBe(400);
    await expectNotRead();
  });

  it('is refused when it is too large, signed or not', async () => {
    const large = JSON.stringify({ ref: 'refs/heads/main', padding: 'x'.repeat(1024 * 1024) });
    expect((await postSigned(running.url, large)).status).toBe(413);
    await expectNotRead();
  });

  it('is no delivery by GET', async () => {
    expect((await fetch(`${running.url}/v1/webhooks/meta/sync`)).status).toBe(404);
  });
});

it('answers a ping', async () => {
  const response = await postSigned(running.url, '{"zen":"Keep it logically awesome."}', 'ping');
  expect([response.status, await response.json()]).toEqual([200, { message: 'pong' }]);
});

describe('a delivery that is authentic', () => {
  const changed = async (name: string): Promise<string> => (commit = await repository.publish(named(name)));
  const expectRead = (): Promise<void> =>
    expect.poll(() => servedCommit(running.url), { timeout: 20_000 }).toBe(commit);

  it('is acted on, and harmless when it is replayed', async () => {
    await changed('Third');
    await deliver(running.url, repository, commit);
    const replays = await Promise.all(
      Array.from({ length: 20 }, () => postSigned(running.url, pushTo(repository))),
    );
    expect(new Set(replays.map(({ status }) => status))).toEqual(new Set([202]));
    await running.server.sync();
    expect(await servedCommit(running.url)).toBe(commit);
    expect(running.site.built.filter((data) => data.commit === commit)).toHaveLength(1);
  });

  it("is taken in GitHub's form encoding too", async () => {
    await changed('Fourth');
    const body = new URLSearchParams({ payload: pushTo(repository) }).toString();
    const response = await post(running.url, body, {
      'content-type': 'application/x-www-form-urlencoded',
      'x-github-event': 'push',
      'x-hub-signature-256': signatureOf(body),
    });
    expect(response.status).toBe(202);
    await expectRead();
  });

  it('is taken from GitLab, which sends the secret itself', async () => {
    await changed('Fifth');
    const project = { git_http_url: repository.url, default_branch: 'main' };
    const response = await post(running.url, JSON.stringify({ ref: 'refs/heads/main', project }), {
      'x-gitlab-event': 'Push Hook',
      'x-gitlab-token': 'a webhook secret',
    });
    expect(response.status).toBe(202);
    await expectRead();
  });
});

it('refuses everything where no secret is set, and follows just the branch that was', async () => {
  const draft = await repository.push('On a branch', { branch: 'vote' });
  const own = await run({
    meta: repository.url,
    people: [],
    env: { ELEKTO_WEBHOOK_SECRET: '', ELEKTO_META_BRANCH: 'vote' },
  });
  try {
    for (const secret of ['', 'a webhook secret']) {
      const body = pushTo(repository, 'refs/heads/vote');
      const headers = { 'x-github-event': 'push', 'x-hub-signature-256': signatureOf(body, secret) };
      expect((await post(own.url, body, headers)).status).toBe(403);
    }
    expect(await servedCommit(own.url)).toBe(draft);
  } finally {
    await own.stop();
  }
});
