import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { isAuthentic, judge, repositoryName } from './webhook.ts';

const request = (headers: Record<string, string>) =>
  ({ get: (name: string) => headers[name.toLowerCase()] }) as Parameters<typeof isAuthentic>[0];

describe('isAuthentic', () => {
  const body = Buffer.from('{"ref":"refs/heads/main"}');
  const signature = `sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`;

  it('takes a signature over the raw body', () => {
    expect(isAuthentic(request({ 'x-hub-signature-256': signature }), body, 'secret')).toBe(true);
  });
  it('refuses another secret, another body, no signature, and the old SHA-1 one', () => {
    expect(isAuthentic(request({ 'x-hub-signature-256': signature }), body, 'other')).toBe(false);
    expect(isAuthentic(request({ 'x-hub-signature-256': signature }), Buffer.from('{}'), 'secret')).toBe(
      false,
    );
    expect(isAuthentic(request({}), body, 'secret')).toBe(false);
    expect(isAuthentic(request({ 'x-hub-signature': signature }), body, 'secret')).toBe(false);
  });
  it("takes GitLab's token", () => {
    expect(isAuthentic(request({ 'x-gitlab-token': 'secret' }), body, 'secret')).toBe(true);
    expect(isAuthentic(request({ 'x-gitlab-token': 'secre' }), body, 'secret')).toBe(false);
  });
  it("takes Forgejo's and Gitea's signature, by either name", () => {
    const digits = signature.slice('sha256='.length);
    for (const name of ['x-forgejo-signature', 'x-gitea-signature']) {
      expect(isAuthentic(request({ [name]: digits }), body, 'secret')).toBe(true);
      expect(isAuthentic(request({ [name]: digits }), body, 'other')).toBe(false);
      expect(
        isAuthentic(request({ [name]: digits, 'x-gitlab-token': 'secret' }), Buffer.from('{}'), 'secret'),
      ).toBe(false);
    }
  });
  it("takes GitLab's signature under a signing token, of this delivery and no other", () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const mac = createHmac('sha256', Buffer.alloc(32, 7))
      .update('id-1.1700000000.')
      .update(body)
      .digest('base64');
    const headers = {
      'webhook-id': 'id-1',
      'webhook-timestamp': '1700000000',
      'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')} v1,${mac}`,
    };
    expect(isAuthentic(request(headers), body, secret)).toBe(true);
    expect(isAuthentic(request({ ...headers, 'webhook-id': 'id-2' }), body, secret)).toBe(false);
    expect(isAuthentic(request({ ...headers, 'webhook-timestamp': '1800000000' }), body, secret)).toBe(false);
    expect(isAuthentic(request(headers), Buffer.from('{}'), secret)).toBe(false);
    expect(isAuthentic(request({ ...headers, 'x-gitlab-token': secret }), Buffer.from('{}'), secret)).toBe(
      false,
    );
  });
  it('does not let a token stand in for a wrong signature', () => {
    const both = { 'x-hub-signature-256': 'sha256=00', 'x-gitlab-token': 'secret' };
    expect(isAuthentic(request(both), body, 'secret')).toBe(false);
  });
});

describe('judge', () => {
  const options = { source: 'https://github.com/Org/Meta.git', branch: undefined };
  const repository = { clone_url: 'https://github.com/org/meta.git', default_branch: 'main' };

  it('answers a ping', () => expect(judge('ping', {}, options)).toMatchObject({ status: 200 }));
  it('reads the repository after a push to the branch it follows', () => {
    expect(judge('push', { ref: 'refs/heads/main', repository }, options).sync).toBe(true);
    expect(judge('push', { ref: 'refs/heads/vote', repository }, { ...options, branch: 'vote' }).sync).toBe(
      true,
    );
  });
  it('does nothing for another branch, a tag, another event', () => {
    expect(judge('push', { ref: 'refs/heads/other', repository }, options).sync).toBeUndefined();
    expect(judge('push', { ref: 'refs/tags/main', repository }, options).sync).toBeUndefined();
    expect(judge('issues', { repository }, options).sync).toBeUndefined();
  });
  it('takes the word of `elekto sync`, which knows no branch', () => {
    expect(judge('push', {}, { ...options, branch: 'vote' }).sync).toBe(true);
  });
  it('refuses another repository', () => {
    const other = { ...repository, clone_url: 'https://github.com/org/other' };
    expect(judge('push', { ref: 'refs/heads/main', repository: other }, options)).toMatchObject({
      status: 422,
    });
  });
  it("understands GitLab's push", () => {
    const project = { git_http_url: 'https://gitlab.com/g/sub/meta.git', default_branch: 'main' };
    const gitLab = { source: 'https://gitlab.com/g/sub/meta', branch: undefined };
    expect(judge('Push Hook', { ref: 'refs/heads/main', project }, gitLab).sync).toBe(true);
  });
});

it('compares repositories by host and path only', () => {
  expect(repositoryName('https://token@GitHub.com/A/b.git/')).toBe('github.com/a/b.git');
  expect(repositoryName('https://github.com/A/b.git')).toBe('github.com/a/b');
  expect(repositoryName('/srv/meta.git')).toBeNull();
  expect(repositoryName(7)).toBeNull();
});
