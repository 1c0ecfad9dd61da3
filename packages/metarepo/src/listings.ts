import type { TreeEntry, TreeReader } from './tree-reader.ts';

/** Entries of all folders that are remembered: a repository with more of them is listed anew each time. */
const MOST = 20_000;

/** What folders held at the look before: one whose fingerprint is known holds the same, and is not read again. */
export class Listings {
  #known: ReadonlyMap<string, readonly TreeEntry[]> = new Map();

  /** The tree of the next look. */
  remember(tree: TreeReader): TreeReader {
    const known = this.#known;
    const listed = new Map<string, readonly TreeEntry[]>();
    let room = MOST;
    this.#known = listed;
    return {
      ...tree,
      list: async (id) => {
        const fingerprint = tree.fingerprint(id);
        const entries = (fingerprint === null ? undefined : known.get(fingerprint)) ?? (await tree.list(id));
        room -= entries.length;
        if (fingerprint !== null && room >= 0) listed.set(fingerprint, entries);
        return entries;
      },
    };
  }
}
