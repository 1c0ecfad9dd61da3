import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** A small JSON file that is always whole: read once and checked, written beside itself and renamed. */
export class JsonFile<T> {
  readonly #path: string;
  #value: T;
  #writing: Promise<void> = Promise.resolve();

  /** A missing, unreadable or foreign file counts as `fallback`: settings are never a reason not to start. */
  constructor(path: string, schema: z.ZodType<T>, fallback: T) {
    this.#path = path;
    this.#value = fallback;
    try {
      const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
      if (parsed.success) this.#value = parsed.data;
    } catch {
      // First start, or a file that somebody broke: the fallback stands.
    }
  }

  get(): T {
    return this.#value;
  }

  /** Resolves when the file is on disk; writes of one process follow each other. */
  set(value: T): Promise<void> {
    this.#value = value;
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(() => this.#write(JSON.stringify(value, null, 2)));
    return this.#writing;
  }

  async #write(text: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const beside = `${this.#path}.${process.pid}.new`;
    await writeFile(beside, `${text}\n`, { mode: 0o600 });
    await rename(beside, this.#path);
  }
}
