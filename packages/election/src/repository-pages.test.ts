import { describe, expect, it } from 'vitest';

import {
  changePage,
  filePage,
  hostKind,
  linePage,
  newFilePage,
  type RepositoryHost,
} from './repository-pages.ts';

const commit = 'a'.repeat(40);
const on = (host: RepositoryHost) => ({ url: 'https://host.example/org/meta', host });
const under = 'https://host.example/org/meta';

it.each([
  ['github.com', 'github'],
  ['www.github.com', 'github'],
  ['github.com.evil.example', null],
  ['gitlab.com', 'gitlab'],
  ['gitlab.freedesktop.org', 'gitlab'],
  ['codeberg.org', 'forgejo'],
  ['gitea.example.org', 'forgejo'],
  ['bitbucket.org', 'bitbucket'],
  ['git.example.org', null],
])('%s is a host of kind %s', (hostname, kind) => expect(hostKind(hostname)).toBe(kind));

describe('the pages of a host', () => {
  it.each<[RepositoryHost, string, string]>([
    ['github', `${under}/blob/${commit}/e/a%20b.yaml`, '?plain=1#L7'],
    ['gitlab', `${under}/-/blob/${commit}/e/a%20b.yaml`, '#L7'],
    ['forgejo', `${under}/src/commit/${commit}/e/a%20b.yaml`, '?display=source#L7'],
    ['bitbucket', `${under}/src/${commit}/e/a%20b.yaml`, '#lines-7'],
  ])('show a file at a commit: %s', (host, page, line) => {
    expect(filePage(on(host), commit, 'e/a b.yaml')).toBe(page);
    expect(linePage(on(host), commit, 'e/a b.yaml', 7)).toBe(page + line);
  });

  it.each<[RepositoryHost, string | null, string | null, string | null]>([
    ['github', `${under}/edit/x/main/e/v.yaml`, `${under}/new/x/main/e`, `${under}/upload/x/main/e`],
    ['gitlab', `${under}/-/edit/x/main/e/v.yaml`, `${under}/-/new/x/main/e`, null],
    ['forgejo', `${under}/_edit/x/main/e/v.yaml`, `${under}/_new/x/main/e`, `${under}/_upload/x/main/e`],
    ['bitbucket', null, null, null],
  ])('take a change of a file: %s', (host, edit, fresh, upload) => {
    expect(changePage(on(host), 'edit', 'x/main', 'e/v.yaml')).toBe(edit);
    expect(changePage(on(host), 'new', 'x/main', 'e')).toBe(fresh);
    expect(changePage(on(host), 'upload', 'x/main', 'e')).toBe(upload);
  });

  it('need a branch, but on GitHub', () => {
    expect(changePage(on('github'), 'edit', null, 'v')).toBe(`${under}/edit/HEAD/v`);
    expect(changePage(on('gitlab'), 'edit', null, 'v')).toBeNull();
    expect(changePage(on('forgejo'), 'new', null, 'e')).toBeNull();
  });

  it('are told the name of a new file, and its text where they take it', () => {
    const query = (host: 'github' | 'forgejo' | 'gitlab', text: string) =>
      newFilePage(on(host), 'main', 'e/r.md', text)?.address.split('?')[1];
    expect(query('github', '# A & B')).toBe('filename=r.md&value=%23%20A%20%26%20B');
    expect(query('forgejo', 'x')).toBe('filename=r.md&value=x');
    expect(newFilePage(on('gitlab'), 'main', 'e/r.md', 'x')?.filled).toBe(false);
    expect(query('gitlab', 'x')).toBe('file_name=r.md');
  });
});
