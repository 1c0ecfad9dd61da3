/** Where an officer's computer reads elections: what a server names, and what of it the officer has confirmed. */
import type { CountRepository } from './count.ts';

/** Where elections are in a repository unless somebody says otherwise. */
const USUAL_FOLDER = 'elections';

/** A place as the server names it, and what the officer typed of it. */
export interface NamedPlace extends CountRepository {
  readonly typed: { readonly branch: string; readonly folder: string };
}

/** How a folder is called in a question, and typed. */
export const folderName = (folder: string): string => (folder === '' ? '/' : folder);

/** Whether the folder has to be typed: the usual one is no server's choice. */
export const isOwnFolder = ({ folder }: CountRepository): boolean => folder !== USUAL_FOLDER;

/**
 * The place that the officer confirmed; null where something typed is not what the server names, or not typed yet. A branch is never
 * taken from the server: it is the forge's own default one, unless the officer typed the name of another. Whoever chooses the branch
 * chooses which box is found on it.
 */
export function confirmedPlace({ source, branch, folder, typed }: NamedPlace): CountRepository | null {
  const named = typed.branch.trim();
  if (named !== '' && named !== branch) return null;
  if (isOwnFolder({ source, branch, folder }) && typed.folder.trim() !== folderName(folder)) return null;
  return { source, branch: named === '' ? null : named, folder };
}
