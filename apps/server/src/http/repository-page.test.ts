import { expect, it } from 'vitest';

import { repositoryPage } from './repository-page.ts';

const GITHUB = { kind: 'github', url: 'https://github.com', demo: false } as const;

it.each([
  ['https://github.com/org/meta.git', 'https://github.com/org/meta', 'github'],
  ['https://github.com/org/meta/', 'https://github.com/org/meta', 'github'],
  ['https://user:token@github.com/org/meta', 'https://github.com/org/meta', 'github'],
  ['git@github.com:org/meta.git', 'https://github.com/org/meta', 'github'],
  ['https://gitlab.com/org/sub/meta.git', 'https://gitlab.com/org/sub/meta', 'gitlab'],
  ['https://codeberg.org/org/meta', 'https://codeberg.org/org/meta', 'forgejo'],
])('the repository %j is proposed to at %j', (source, url, host) =>
  expect(repositoryPage(source, GITHUB)).toEqual({ url, host }),
);

it.each([
  'https://github.com/org',
  'https://github.com/org/meta/tree',
  'https://github.com.example.org/org/meta',
  'https://git.example.org/org/meta',
  'http://github.com/org/meta',
  '/srv/meta',
  '',
])('changes of %j are proposed nowhere', (source) => expect(repositoryPage(source, GITHUB)).toBeNull());

it('knows a host by the accounts that people sign in with', () => {
  const own = { kind: 'gitea', url: 'https://git.example.org', demo: false } as const;
  const page = { url: 'https://git.example.org/org/meta', host: 'forgejo' };
  expect(repositoryPage('https://git.example.org/org/meta', own)).toEqual(page);
  expect(repositoryPage('https://other.example.org/org/meta', own)).toBeNull();
});
