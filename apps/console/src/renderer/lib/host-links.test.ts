import { describe, expect, it } from 'vitest';
import { editFileUrl, hostName, lineUrl, newFilePage, pathIn, uploadPage } from './host-links.ts';

const meta = { url: 'https://github.com/org/meta', host: 'github' as const, branch: 'main', commit: 'c' };

describe('pages of the host', () => {
  it('name file and branch, escaped part by part', () => {
    expect(editFileUrl({ ...meta, branch: 'feature/x' }, 'elections/a b/voters.yaml')).toBe(
      'https://github.com/org/meta/edit/feature/x/elections/a%20b/voters.yaml',
    );
    expect(uploadPage(meta, 'elections/2025')).toBe('https://github.com/org/meta/upload/main/elections/2025');
  });

  it('follow the default branch when none is known', () =>
    expect(editFileUrl({ ...meta, branch: null }, 'v')).toBe('https://github.com/org/meta/edit/HEAD/v'));

  it('carry the text of a new file while it fits into an address', () => {
    const page = newFilePage(meta, 'e', 'results.md', '# A & B\n');
    expect(page).toEqual({
      address: 'https://github.com/org/meta/new/main/e?filename=results.md&value=%23%20A%20%26%20B%0A',
      filled: true,
    });
    const long = newFilePage(meta, 'e', 'results.md', 'x'.repeat(10_000));
    expect(long).toEqual({
      address: 'https://github.com/org/meta/new/main/e?filename=results.md',
      filled: false,
    });
  });

  it('are those of other hosts, too, which are called by their names', () => {
    const forgejo = { ...meta, url: 'https://codeberg.org/org/meta', host: 'forgejo' as const };
    expect(newFilePage(forgejo, 'e', 'r.md', 'x')).toEqual({
      address: 'https://codeberg.org/org/meta/_new/main/e?filename=r.md&value=x',
      filled: true,
    });
    const gitlab = { ...meta, url: 'https://gitlab.com/org/meta', host: 'gitlab' as const };
    expect(newFilePage(gitlab, 'e', 'r.md', 'x')).toEqual({
      address: 'https://gitlab.com/org/meta/-/new/main/e?file_name=r.md',
      filled: false,
    });
    expect(uploadPage(gitlab, 'e')).toBeNull();
    expect([meta, forgejo, gitlab].map(hostName)).toEqual(['GitHub', 'Codeberg', 'GitLab']);
  });

  it('do not exist elsewhere', () => {
    const elsewhere = { ...meta, url: null, host: null };
    expect([
      editFileUrl(elsewhere, 'v'),
      newFilePage(elsewhere, 'e', 'r', ''),
      uploadPage(elsewhere, 'e'),
    ]).toEqual([null, null, null]);
  });

  it('join folder and name', () => {
    expect(pathIn('', 'voters.yaml')).toBe('voters.yaml');
    expect(pathIn('elections/x', 'voters.yaml')).toBe('elections/x/voters.yaml');
  });

  it('lead to a line at the commit that was read, and nowhere without one', () => {
    const meta = {
      url: 'https://github.com/driftwood/meta',
      host: 'github' as const,
      commit: 'a'.repeat(40),
    };
    expect(lineUrl(meta, 'elections/x y/voters.yaml', 7)).toBe(
      `https://github.com/driftwood/meta/blob/${'a'.repeat(40)}/elections/x%20y/voters.yaml?plain=1#L7`,
    );
    expect(lineUrl(meta, 'elections', 0)).toMatch(/elections$/);
    expect(lineUrl({ ...meta, commit: 'dir-0' }, 'x', 1)).toBeNull();
    expect(lineUrl({ ...meta, url: null, host: null }, 'x', 1)).toBeNull();
  });
});
