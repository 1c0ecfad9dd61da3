/** The index of a site, read and written. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { INDEX_FILE } from '../data/model.ts';
import type { IndexedFile, SiteIndex } from '../data/model.ts';

/** The index of the site in `dir`; null where it is not there, damaged, or of other sources. */
export async function readIndex(dir: string, version: string): Promise<SiteIndex | null> {
  try {
    const index = JSON.parse(await readFile(join(dir, INDEX_FILE), 'utf8')) as SiteIndex;
    return index.version === version ? index : null;
  } catch {
    return null;
  }
}

/** Collects an index. */
export class IndexWriter {
  readonly #names = new Map<string, number>();
  readonly #folders = new Map<string, number>([['', 0]]);
  readonly #files: Record<string, IndexedFile> = Object.create(null) as Record<string, IndexedFile>;

  add(file: string, folder: string, names: readonly string[], digest: string): void {
    this.#files[file] = {
      folder: place(this.#folders, folder),
      of: names.map((name) => place(this.#names, name)),
      digest,
    };
  }

  toJson(version: string, generatedAt: SiteIndex['generatedAt']): string {
    const index: SiteIndex = {
      version,
      generatedAt,
      folders: [...this.#folders.keys()],
      names: [...this.#names.keys()],
      files: this.#files,
    };
    return JSON.stringify(index);
  }
}

function place(places: Map<string, number>, name: string): number {
  const known = places.get(name);
  if (known !== undefined) return known;
  places.set(name, places.size);
  return places.size - 1;
}
