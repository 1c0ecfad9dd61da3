import { createHash } from 'node:crypto';
import { open, readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import { inflateStart, LONGEST_CHAIN, Pack, readAt, type GitObject } from './pack.ts';

/** An object that the repository names and does not hold (a shallow or partial clone, or damage). */
export class MissingObjectError extends Error {
  override readonly name = 'MissingObjectError';
}

/**
 * The objects of a repository, loose and packed, alternates included. Nothing is loaded but what is
 * asked for, and a size can be had without the object. Close it after use.
 */
export class ObjectStore {
  readonly #objects: string;
  #folders: readonly string[] = [];
  #packs: { stem: string; pack: Pack }[] = [];

  private constructor(objects: string) {
    this.#objects = objects;
  }

  static async open(objectsDir: string): Promise<ObjectStore> {
    const store = new ObjectStore(objectsDir);
    await store.#scan();
    return store;
  }

  async close(): Promise<void> {
    await Promise.all(this.#packs.map(({ pack }) => pack.close()));
    this.#packs = [];
  }

  /** The object's size in bytes, from its header. */
  async size(id: string): Promise<number> {
    return this.#find(
      id,
      async (path) => {
        const file = await open(path, 'r');
        try {
          return looseHeader(inflateStart(await readAt(file, 0, 4096))).size;
        } finally {
          await file.close();
        }
      },
      (pack, offset) => pack.sizeAt(offset),
    );
  }

  /** The object, checked against its id. */
  read(id: string): Promise<GitObject> {
    return this.#read(id, new Set());
  }

  /** `above` holds the objects that are being read because this one is their base. */
  async #read(id: string, above: Set<string>): Promise<GitObject> {
    if (above.has(id) || above.size >= LONGEST_CHAIN) throw new Error(`object ${id} is damaged`);
    above.add(id);
    const object = await this.#find(
      id,
      async (path): Promise<GitObject> => {
        const raw = inflateSync(await readFile(path), { maxOutputLength: 64 * 1024 * 1024 });
        const header = looseHeader(raw);
        return { type: header.type, data: raw.subarray(header.length) };
      },
      (pack, offset) => pack.readAt(offset, (base) => this.#read(base, above)),
    );
    const hash = createHash('sha1')
      .update(`${object.type} ${object.data.length}\0`)
      .update(object.data)
      .digest('hex');
    if (hash !== id) throw new Error(`object ${id} is damaged`);
    return object;
  }

  async #find<T>(
    id: string,
    loose: (path: string) => Promise<T>,
    packed: (pack: Pack, offset: number) => Promise<T>,
  ): Promise<T> {
    // A second round after a fresh look: a repack may have moved everything meanwhile.
    for (let round = 0; round < 2; round++) {
      for (const { pack } of this.#packs) {
        const offset = await pack.find(id);
        if (offset !== null) return packed(pack, offset);
      }
      for (const folder of this.#folders) {
        try {
          return await loose(join(folder, id.slice(0, 2), id.slice(2)));
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        }
      }
      if (round === 0) await this.#scan();
    }
    throw new MissingObjectError(`object ${id} is missing`);
  }

  async #scan(): Promise<void> {
    this.#folders = await alternates(this.#objects);
    const known = new Set(this.#packs.map(({ stem }) => stem));
    for (const folder of this.#folders) {
      const names = await readdir(join(folder, 'pack')).catch(() => [] as string[]);
      for (const name of names) {
        const stem = join(folder, 'pack', name.slice(0, -4));
        if (!name.endsWith('.idx') || known.has(stem)) continue;
        try {
          this.#packs.push({ stem, pack: await Pack.open(stem) });
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        }
      }
    }
  }
}

/** The objects directory and those it borrows from (objects/info/alternates). */
async function alternates(objects: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (folder: string, depth: number): Promise<void> => {
    if (depth > 5 || found.includes(folder)) return;
    found.push(folder);
    const text = await readFile(join(folder, 'info', 'alternates'), 'utf8').catch(() => '');
    for (const line of text.split('\n').map((entry) => entry.trim()))
      if (line && !line.startsWith('#'))
        await visit(isAbsolute(line) ? line : resolve(folder, line), depth + 1);
  };
  await visit(objects, 0);
  return found;
}

function looseHeader(raw: Buffer): { type: string; size: number; length: number } {
  const end = raw.indexOf(0);
  const match = /^(\w+) (\d+)$/.exec(raw.toString('latin1', 0, Math.max(0, end)));
  if (!match) throw new Error('corrupt loose object');
  return { type: match[1] ?? '', size: Number(match[2]), length: end + 1 };
}
