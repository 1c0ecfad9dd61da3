import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectionKey } from '@elekto/election';
import type { LastGood, LastGoodByKey } from './model.ts';

/**
 * Keeps the last good version of every election on disk, so that a restart while a file is broken
 * does not lose it. A cache: what cannot be read is forgotten.
 */
export class LastGoodStore {
  readonly #dir: string;
  #written = new Map<ElectionKey, string>();
  /** What was found to be written already: the same object needs no second look. */
  #seen = new Map<ElectionKey, LastGood['election']>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  async load(): Promise<Map<ElectionKey, LastGood>> {
    const found = new Map<ElectionKey, LastGood>();
    for (const name of await readdir(this.#dir).catch(() => [] as string[])) {
      if (!name.endsWith('.json')) continue;
      try {
        const text = await readFile(join(this.#dir, name), 'utf8');
        const { version, key, good } = JSON.parse(text) as { version: number; key: string; good: LastGood };
        if (version !== VERSION || fileName(key) !== name) continue;
        found.set(key, good);
        this.#written.set(key, JSON.stringify(good.election));
      } catch {
        // Written by another version, or half written.
      }
    }
    return found;
  }

  /** Writes what changed and removes what is gone. */
  async save(all: LastGoodByKey): Promise<void> {
    for (const key of this.#written.keys()) {
      if (all.has(key)) continue;
      await rm(join(this.#dir, fileName(key)), { force: true });
      this.#written.delete(key);
      this.#seen.delete(key);
    }
    await mkdir(this.#dir, { recursive: true });
    for (const [key, good] of all) {
      if (this.#seen.get(key) === good.election) continue;
      const text = JSON.stringify(good.election);
      if (this.#written.get(key) !== text) {
        const path = join(this.#dir, fileName(key));
        await writeFile(`${path}.new`, JSON.stringify({ version: VERSION, key, good }));
        await rename(`${path}.new`, path);
        this.#written.set(key, text);
      }
      this.#seen.set(key, good.election);
    }
  }
}

const VERSION = 1;

function fileName(key: ElectionKey): string {
  return `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`;
}
