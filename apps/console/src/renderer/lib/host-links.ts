/** The host's own pages for proposing a change: no token, no rights beyond the officer's own. */
import { changePage, filePage, linePage, newFileQuery, type RepositoryPage } from '@elekto/election';
import type { Definition } from '../backend/model.ts';

type Meta = Definition['meta'];

/** Longer addresses are cut or refused on the way. */
const LONGEST_URL = 7_500;

/** What people call a host by its kind. */
const NAMES = { github: 'GitHub', gitlab: 'GitLab', forgejo: 'Forgejo', bitbucket: 'Bitbucket' } as const;

/** As people call the host of the repository; null where none is known. */
export const hostName = ({ url, host }: Pick<Meta, 'url' | 'host'>): string | null =>
  host === null ? null : url?.startsWith('https://codeberg.org/') ? 'Codeberg' : NAMES[host];

const pageOf = ({ url, host }: Pick<Meta, 'url' | 'host'>): RepositoryPage | null =>
  url === null || host === null ? null : { url, host };

/** Path of an election's file in the repository. */
export const pathIn = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

const changeUrl = (meta: Meta, action: 'edit' | 'new' | 'upload', path: string): string | null => {
  const page = pageOf(meta);
  return page === null ? null : changePage(page, action, meta.branch, path);
};

/** The edit page of a file; the host forks the repository for whoever may not write. Null where there is none. */
export const editFileUrl = (meta: Meta, path: string): string | null => changeUrl(meta, 'edit', path);

export interface NewFilePage {
  readonly url: string;
  /** False when the text is too long for an address, or the host takes none: it then has to be pasted. */
  readonly filled: boolean;
}

/** The new-file page with the text filled in where it fits. Null where there is none. */
export function newFilePage(meta: Meta, folder: string, name: string, text: string): NewFilePage | null {
  const page = pageOf(meta);
  const url = changeUrl(meta, 'new', folder);
  if (page === null || url === null) return null;
  const query = newFileQuery(page, name, text);
  const full = query === null ? null : `${url}?${query}`;
  if (full !== null && full.length <= LONGEST_URL) return { url: full, filled: true };
  return { url: `${url}?${newFileQuery(page, name, null) ?? ''}`, filled: false };
}

/** The page that takes files by drag and drop. Null where there is none. */
export const uploadPage = (meta: Meta, folder: string): string | null => changeUrl(meta, 'upload', folder);

/** A file at the commit that was read, at a line where one is known. Null where no host is known. */
export function lineUrl(
  meta: Pick<Meta, 'url' | 'host' | 'commit'>,
  file: string,
  line: number,
): string | null {
  const page = pageOf(meta);
  if (page === null || !/^[0-9a-f]{40}$/.test(meta.commit)) return null;
  return line > 0 ? linePage(page, meta.commit, file, line) : filePage(page, meta.commit, file);
}
