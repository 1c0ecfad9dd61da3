/** The pages of the hosts on which repositories lie: where a file is read at a commit, and where a change of it is proposed. */

export const REPOSITORY_HOSTS = ['github', 'gitlab', 'forgejo', 'bitbucket'] as const;
export type RepositoryHost = (typeof REPOSITORY_HOSTS)[number];

/** The kind of a host by its name; null where the name says nothing. */
export function hostKind(hostname: string): RepositoryHost | null {
  if (/(?:^|\.)github\.com$/i.test(hostname)) return 'github';
  if (/gitlab/i.test(hostname)) return 'gitlab';
  if (/codeberg|gitea|forgejo/i.test(hostname)) return 'forgejo';
  return /bitbucket/i.test(hostname) ? 'bitbucket' : null;
}

/** A repository on a host, by the address of its page without a slash at the end. */
export interface RepositoryPage {
  readonly url: string;
  readonly host: RepositoryHost;
}

const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

const FILE: Readonly<Record<RepositoryHost, string>> = {
  github: 'blob',
  gitlab: '-/blob',
  forgejo: 'src/commit',
  bitbucket: 'src',
};

/** A file at a commit. */
export const filePage = ({ url, host }: RepositoryPage, commit: string, path: string): string =>
  `${url}/${FILE[host]}/${commit}/${encoded(path)}`;

/** The same at a line, counted from 1. */
export function linePage(repository: RepositoryPage, commit: string, path: string, line: number): string {
  const page = filePage(repository, commit, path);
  // GitHub and Forgejo show a Markdown file by its lines only when they are asked to.
  if (repository.host === 'github') return `${page}?plain=1#L${line}`;
  if (repository.host === 'forgejo') return `${page}?display=source#L${line}`;
  return repository.host === 'gitlab' ? `${page}#L${line}` : `${page}#lines-${line}`;
}

const ACTIONS: Readonly<Record<RepositoryHost, Readonly<Record<'edit' | 'new' | 'upload', string | null>>>> =
  {
    github: { edit: 'edit', new: 'new', upload: 'upload' },
    gitlab: { edit: '-/edit', new: '-/new', upload: null },
    forgejo: { edit: '_edit', new: '_new', upload: '_upload' },
    bitbucket: { edit: null, new: null, upload: null },
  };

/**
 * The page on which somebody without rights of their own edits a file, makes one in a folder, or hands files in; the host
 * makes the fork and the proposal of it. Null where the host has none, or needs to be told a branch that is not known:
 * only GitHub knows its default branch as `HEAD` there.
 */
export function changePage(
  { url, host }: RepositoryPage,
  action: 'edit' | 'new' | 'upload',
  branch: string | null,
  path: string,
): string | null {
  const way = ACTIONS[host][action];
  const on = branch ?? (host === 'github' ? 'HEAD' : null);
  return way === null || on === null ? null : `${url}/${way}/${encoded(on)}/${encoded(path)}`;
}

/**
 * How the page for a new file is told its name, and its text: GitHub, and Forgejo since Gitea 1.16. GitLab takes the name
 * alone (its editor drops a text); null then, and with `text` null the name alone is told.
 */
function newFileQuery({ host }: RepositoryPage, name: string, text: string | null): string | null {
  if (host === 'gitlab') return text === null ? `file_name=${encodeURIComponent(name)}` : null;
  const named = `filename=${encodeURIComponent(name)}`;
  return text === null ? named : `${named}&value=${encodeURIComponent(text)}`;
}

/** Characters of an address that servers and browsers on the way are sure to take. */
const LONGEST = 7_500;

/** The host's own page that proposes a new file; `filled` tells whether it already holds the text. */
export interface NewFilePage {
  readonly address: string;
  readonly filled: boolean;
}

/**
 * Where a host takes a new file at `path` of a branch, with its text where the host and the length of addresses allow it. Whoever
 * may not write there is offered a copy of the repository and a pull request. Null for a host without such a page.
 */
export function newFilePage(
  repository: RepositoryPage,
  branch: string | null,
  path: string,
  text: string,
): NewFilePage | null {
  const at = path.lastIndexOf('/');
  const name = path.slice(at + 1);
  const page = changePage(repository, 'new', branch, path.slice(0, Math.max(0, at)));
  if (page === null) return null;
  const whole = newFileQuery(repository, name, text);
  if (whole !== null && page.length + whole.length < LONGEST)
    return { address: `${page}?${whole}`, filled: true };
  return { address: `${page}?${newFileQuery(repository, name, null)}`, filled: false };
}

const NAMES: Readonly<Record<string, string>> = {
  'github.com': 'GitHub',
  'gitlab.com': 'GitLab',
  'codeberg.org': 'Codeberg',
  'bitbucket.org': 'Bitbucket',
};

/** What people call the host of a repository's page: those that everybody knows by their names, others by where they are. */
export function hostName(url: string): string {
  const { host } = new URL(url);
  return NAMES[host] ?? host;
}
