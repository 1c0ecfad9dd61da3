/** GitHub's own pages for proposing a change: no token, no rights beyond the officer's own. */
import type { Definition } from '../backend/model.ts';

type Meta = Definition['meta'];

/** Longer addresses are cut or refused on the way. */
const LONGEST_URL = 7_500;

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Path of an election's file in the repository. */
export const pathIn = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** The edit page of a file; GitHub forks the repository for whoever may not write. Null off GitHub. */
export function editFileUrl({ url, branch }: Meta, path: string): string | null {
  return url === null ? null : `${url}/edit/${encodePath(branch ?? 'HEAD')}/${encodePath(path)}`;
}

export interface NewFilePage {
  readonly url: string;
  /** False when the text is too long for an address: it then has to be pasted. */
  readonly filled: boolean;
}

/** The new-file page with the text filled in where it fits. Null off GitHub. */
export function newFilePage(
  { url, branch }: Meta,
  folder: string,
  name: string,
  text: string,
): NewFilePage | null {
  if (url === null) return null;
  const page = `${url}/new/${encodePath(branch ?? 'HEAD')}/${encodePath(folder)}?filename=${encodeURIComponent(name)}`;
  const full = `${page}&value=${encodeURIComponent(text)}`;
  return full.length <= LONGEST_URL ? { url: full, filled: true } : { url: page, filled: false };
}

/** The page that takes files by drag and drop. Null off GitHub. */
export function uploadPage({ url, branch }: Meta, folder: string): string | null {
  return url === null ? null : `${url}/upload/${encodePath(branch ?? 'HEAD')}/${encodePath(folder)}`;
}

/** A file at the commit that was read, at a line where one is known. Null off GitHub. */
export function lineUrl(
  { url, commit }: Pick<Meta, 'url' | 'commit'>,
  file: string,
  line: number,
): string | null {
  if (url === null || !/^[0-9a-f]{40}$/.test(commit)) return null;
  return `${url}/blob/${commit}/${encodePath(file)}${line > 0 ? `?plain=1#L${line}` : ''}`;
}
