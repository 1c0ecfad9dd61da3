import { MissingObjectError, type ObjectStore } from './object-store.ts';

/** A commit as far as its place in the history goes. */
export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** When it was put where it is, ms; whoever makes a commit writes this. */
  readonly committedAt: number;
}

/**
 * The commits that lead to `head`, itself included, by whichever parent, but none before one of `ends`. Where a copy holds
 * no more of the past it ends there, too.
 */
export async function commitsTo(
  store: ObjectStore,
  head: string,
  ends: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Commit>> {
  const found = new Map<string, Commit>();
  const next = [head];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (found.has(id)) continue;
    const commit = await readCommit(store, id);
    if (commit === null) continue;
    found.set(id, commit);
    if (!ends.has(id)) next.push(...commit.parents);
  }
  return found;
}

async function readCommit(store: ObjectStore, id: string): Promise<Commit | null> {
  let text: string;
  try {
    text = (await store.read(id)).data.toString('latin1');
  } catch (error) {
    if (error instanceof MissingObjectError) return null;
    throw error;
  }
  const [head = ''] = text.split('\n\n', 1);
  return {
    id,
    tree: /^tree ([0-9a-f]{40})$/m.exec(head)?.[1] ?? '',
    parents: [...head.matchAll(/^parent ([0-9a-f]{40})$/gm)].map(([, parent]) => parent ?? ''),
    committedAt: Number(/^committer .* (\d+) [+-]\d{4}$/m.exec(head)?.[1] ?? 0) * 1000,
  };
}
