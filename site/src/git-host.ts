/* eslint elekto/words-in-catalogue: off -- the lines of a patch are for git */
/** The host that shows the repository: what it is called, and its page for a new file. */
import {
  changePage,
  hostKind,
  newFileQuery,
  type RepositoryHost,
  type RepositoryPage,
} from '@elekto/election';

/** A repository's page on its host: of the kind that the server knows, or the host's name tells, or else GitHub's. */
export const repositoryPage = (url: string, host: RepositoryHost | null): RepositoryPage => ({
  url,
  host: host ?? hostKind(new URL(url).hostname) ?? 'github',
});

/** What people call a host. */
export function hostName(sourceUrl: string): string {
  const { host } = new URL(sourceUrl);
  return { 'github.com': 'GitHub', 'gitlab.com': 'GitLab', 'codeberg.org': 'Codeberg' }[host] ?? host;
}

/** Characters of an address that servers and browsers on the way are sure to take. */
const LONGEST = 7_500;

/** The host's own page that proposes a new file; `filled` tells whether it already holds the text. */
export interface NewFilePage {
  readonly address: string;
  readonly filled: boolean;
}

/** Where the files are. */
export interface SourceOfFiles {
  readonly sourceUrl: string;
  /** Null where only the name of the host can tell. */
  readonly host: RepositoryHost | null;
  readonly branch: string | null;
}

/**
 * Where a host takes a new file at `path` of a branch, with its text where the host and the length of addresses allow it. Whoever
 * may not write there is offered a copy of the repository and a pull request. Null for a host without such a page.
 */
export function newFilePage(
  { sourceUrl, host, branch }: SourceOfFiles,
  path: string,
  text: string,
): NewFilePage | null {
  const repository = repositoryPage(sourceUrl, host);
  const at = path.lastIndexOf('/');
  const name = path.slice(at + 1);
  const page = changePage(repository, 'new', branch, path.slice(0, Math.max(0, at)));
  if (page === null) return null;
  const whole = newFileQuery(repository, name, text);
  if (whole !== null && page.length + whole.length < LONGEST)
    return { address: `${page}?${whole}`, filled: true };
  return { address: `${page}?${newFileQuery(repository, name, null)}`, filled: false };
}

/** A new file as a patch that `git apply` takes. */
export function newFilePatch(path: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n');
  // git ends a name that holds white space with a tab.
  const end = /\s/.test(path) ? '\t' : '';
  return [
    `diff --git a/${path} b/${path}`,
    'new file mode 100644',
    '--- /dev/null',
    `+++ b/${path}${end}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    ...(text.endsWith('\n') ? [] : ['\\ No newline at end of file']),
    '',
  ].join('\n');
}
