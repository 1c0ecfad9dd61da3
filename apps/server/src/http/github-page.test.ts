import { expect, it } from 'vitest';

import { gitHubPage } from './github-page.ts';

it.each([
  ['https://github.com/org/meta.git', 'https://github.com/org/meta'],
  ['https://github.com/org/meta/', 'https://github.com/org/meta'],
  ['https://user:token@github.com/org/meta', 'https://github.com/org/meta'],
  ['git@github.com:org/meta.git', 'https://github.com/org/meta'],
  ['https://gitlab.com/org/meta.git', null],
  ['https://github.com/org', null],
  ['https://github.com.example.org/org/meta', null],
  ['/srv/meta', null],
  ['', null],
])('the repository %j is proposed to at %j', (source, page) => expect(gitHubPage(source)).toBe(page));
