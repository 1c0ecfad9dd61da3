import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One answer of a forge, reduced to what the rules need. */
export interface Page<T> {
  /** When it was read, ISO 8601. */
  readonly at: string;
  readonly items: readonly T[];
  /** Where the next page is; null at the end. */
  readonly next: string | null;
}

/**
 * Answers on disk, one file a page, by what was asked. A file is there whole or not at all, so that an interrupted run goes
 * on where it stopped; a run that finds every page asks nobody. The folder is its owner's alone: who is a private member
 * of an organisation is in there. Requests are kept as what was asked, never with who asked.
 */
export class PageCache {
  readonly #folder: string;
  readonly #refreshBefore: number;
  /** The oldest page that was used, ISO 8601. */
  oldest: string | null = null;
  hits = 0;
  misses = 0;

  /** Pages that were read before `refreshBefore` (milliseconds) are read anew. */
  constructor(folder: string, refreshBefore = 0) {
    this.#folder = folder;
    this.#refreshBefore = refreshBefore;
  }

  async get<T>(asked: string): Promise<Page<T> | null> {
    const text = await readFile(this.#path(asked), 'utf8').catch(() => null);
    if (text === null) return null;
    let page: Page<T> & { readonly asked?: string };
    try {
      page = JSON.parse(text) as typeof page;
    } catch {
      return null;
    }
    if (page.asked !== asked || !Array.isArray(page.items) || Date.parse(page.at) < this.#refreshBefore)
      return null;
    this.hits += 1;
    if (this.oldest === null || page.at < this.oldest) this.oldest = page.at;
    return page;
  }

  async put<T>(asked: string, page: Page<T>): Promise<void> {
    const path = this.#path(asked);
    await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
    const draft = `${path}.${process.pid}`;
    await writeFile(draft, JSON.stringify({ asked, ...page }), { mode: 0o600 });
    await rename(draft, path);
    this.misses += 1;
  }

  #path(asked: string): string {
    const name = createHash('sha256').update(asked).digest('hex');
    return join(this.#folder, name.slice(0, 2), `${name.slice(2)}.json`);
  }
}
