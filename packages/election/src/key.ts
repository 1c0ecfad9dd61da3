import type { ElectionKey } from './model.ts';

const FORBIDDEN = /[\u0000-\u001f\u007f\\/]/;

/** A folder name that may become part of a key: no dots only, no hidden folders, no control characters, no separators. */
function isSafeSegment(segment: string): boolean {
  return segment.length > 0 && segment.length <= 200 && !segment.startsWith('.') && !FORBIDDEN.test(segment);
}

/** So many `---` of a key at most: each doubles the folders. */
const MOST_JOINTS = 8;

/**
 * Every folder whose election has this key: each `---` of it may be a part of a name or stand between two folders. Null where there
 * are too many to look into.
 */
export function keyToFolders(key: ElectionKey): readonly string[] | null {
  const [first = '', ...parts] = key.split('---');
  if (parts.length > MOST_JOINTS) return null;
  return parts.reduce(
    (folders, part) => folders.flatMap((folder) => [`${folder}/${part}`, `${folder}---${part}`]),
    [first],
  );
}

/**
 * The key of the election in `folder` (relative to the elections directory, with `/`); null when a
 * part of the path could escape a directory or is hidden.
 */
export function folderToKey(folder: string): ElectionKey | null {
  const segments = folder.split('/');
  if (!segments.every(isSafeSegment)) return null;
  const key = segments.join('---');
  return key.length <= 400 && key.split('---').every(isSafeSegment) ? key : null;
}
