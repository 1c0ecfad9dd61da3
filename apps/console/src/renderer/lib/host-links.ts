/** The host's own pages for proposing a change: no token, no rights beyond the officer's own. */
import {
  changePage,
  filePage,
  hostName as nameOf,
  linePage,
  type NewFilePage,
  newFilePage as pageForNewFile,
  type RepositoryPage,
} from '@elekto/election';
import type { Definition } from '../backend/model.ts';

type Meta = Definition['meta'];

/** As people call the host of the repository; null where none is known. */
export const hostName = ({ url, host }: Pick<Meta, 'url' | 'host'>): string | null =>
  url === null || host === null ? null : nameOf(url);

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

/** The new-file page with the text filled in where it fits; else it has to be pasted. Null where there is none. */
export function newFilePage(meta: Meta, folder: string, name: string, text: string): NewFilePage | null {
  const page = pageOf(meta);
  return page === null ? null : pageForNewFile(page, meta.branch, pathIn(folder, name), text);
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
