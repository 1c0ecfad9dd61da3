import type { TreeEntry, TreeReader } from '../tree-reader.ts';
import type { ObjectStore } from './object-store.ts';

/** Entries of one folder beyond which it is refused. */
const MOST_TREE_BYTES = 8 * 1024 * 1024;

/** A folder with more in it than any elections folder. */
export class OversizedTreeError extends Error {
  override readonly name = 'OversizedTreeError';
}

/** The tree of a commit, read from objects only. */
export async function gitTree(
  store: ObjectStore,
  commit: string,
  omitsLargeFiles = false,
): Promise<TreeReader> {
  let object = await store.read(commit);
  // An annotated tag in place of a commit is followed.
  for (let depth = 0; object.type === 'tag' && depth < 5; depth++) {
    const target = /^object ([0-9a-f]{40})$/m.exec(object.data.toString('latin1', 0, 64))?.[1];
    if (!target) break;
    object = await store.read(target);
  }
  const root = /^tree ([0-9a-f]{40})\n/.exec(object.data.toString('latin1', 0, 64))?.[1];
  if (object.type !== 'commit' || !root) throw new Error(`${commit} is not a commit`);
  return {
    root,
    omitsLargeFiles,
    list: async (id) => {
      if ((await store.size(id)) > MOST_TREE_BYTES) throw new OversizedTreeError(`tree ${id} is too large`);
      return parseTree((await store.read(id)).data);
    },
    size: (id) => store.size(id),
    read: async (id) => (await store.read(id)).data,
    fingerprint: (id) => id,
  };
}

function parseTree(data: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < data.length;) {
    const space = data.indexOf(0x20, at);
    const zero = data.indexOf(0, space);
    if (space < 0 || zero < 0 || zero + 21 > data.length) throw new Error('corrupt tree');
    const mode = data.toString('latin1', at, space).padStart(6, '0');
    entries.push({
      name: data.toString('utf8', space + 1, zero),
      kind: KINDS[mode.slice(0, 2)] ?? 'other',
      id: data.toString('hex', zero + 1, zero + 21),
    });
    at = zero + 21;
  }
  return entries;
}

const KINDS: Readonly<Record<string, TreeEntry['kind']>> = {
  '04': 'folder',
  '10': 'file',
  '12': 'symlink',
  '16': 'submodule',
};
