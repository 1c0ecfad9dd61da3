/** The index of a site, read and written. */
import type { BigIntStats } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { INDEX_FILE } from '../data/model.ts';
import type { SiteIndex } from '../data/model.ts';

/** The last index that this process has written, with what made its files, and by what its file on disk is known. */
interface Written {
  readonly index: SiteIndex;
  readonly made: readonly Made[];
  readonly mark: string;
}

/** The indexes on disk. The one that was written last is not read again, wherever the site was moved since. */
export class Indexes {
  #written: Written | null = null;

  /** `made`: what made the files of it, in its order. */
  async write(dir: string, index: SiteIndex, made: readonly Made[]): Promise<void> {
    const path = join(dir, INDEX_FILE);
    this.#written = null;
    await writeFile(path, JSON.stringify(index));
    this.#written = { index, made, mark: markOf(await stat(path, { bigint: true })) };
  }

  /** The index of the site in `dir`; null where it is not there, damaged, or of other sources. */
  async read(dir: string, version: string): Promise<Pick<Written, 'index' | 'made'> | null> {
    const path = join(dir, INDEX_FILE);
    try {
      if (this.#written?.mark === markOf(await stat(path, { bigint: true }))) return this.#written;
      const index = JSON.parse(await readFile(path, 'utf8')) as SiteIndex;
      return index.version === version ? { index, made: [] } : null;
    } catch {
      return null;
    }
  }
}

/** Of one file on this disk in one state; a rename of its folder changes nothing in it. */
const markOf = ({ dev, ino, size, mtimeNs }: BigIntStats): string => [dev, ino, size, mtimeNs].join();

/** A file that a site consists of, and the facts that it is made of whatever it reads. */
export interface Made {
  readonly file: string;
  readonly of: readonly string[];
}

/** What a site before has of the files of the next one. */
export class KnownFiles {
  readonly index: SiteIndex;
  readonly #own: string;
  /** What its files were made by, in the order of the index; empty where another process has made it. */
  readonly #made: readonly Made[];
  /** By place in `sets`: whether a fact of the set has another value by now. */
  readonly #stale: readonly boolean[];
  /** Places by name, asked for where something is not where it was. */
  #fileAt: ReadonlyMap<string, number> | undefined;
  readonly #factAt: ReadonlyMap<string, number>;

  /** `own`: the name of the folder of that site. `valueOf`: the value of a fact now. */
  constructor(index: SiteIndex, own: string, valueOf: (fact: string) => string, made: readonly Made[] = []) {
    this.index = index;
    this.#own = own;
    this.#made = made;
    this.#factAt = placesOf(index.facts);
    const changed = index.facts.map((fact, at) => valueOf(fact) !== index.values[at]);
    this.#stale = index.sets.map((set) => set.some((at) => changed[at] ?? true));
  }

  /**
   * Where the file lies and what it is made of, when nothing of that has changed and `of` is part of it; else null. `at`: the place of
   * the file among all of the next site, where it is looked for first.
   */
  reuse(made: Made, at: number): KnownFile | null {
    const { setOf, folderOf, folders, sets } = this.index;
    // What has made it before has put its own facts into the set.
    const place = this.#made[at] === made ? at : this.#placeOf(made, at);
    const set = place === null ? undefined : setOf[place];
    if (place === null || set === undefined || this.#stale[set] !== false) return null;
    return { folder: folders[folderOf[place] ?? 0] || this.#own, set: sets[set] ?? [] };
  }

  /** By its name, where its set holds all of `of`. */
  #placeOf({ file, of }: Made, hint: number): number | null {
    const { files, setOf, sets } = this.index;
    const at = files[hint] === file ? hint : (this.#fileAt ??= placesOf(files)).get(file);
    if (at === undefined) return null;
    const set = sets[setOf[at] ?? -1] ?? [];
    return of.every((fact) => set.includes(this.#factAt.get(fact) ?? -1)) ? at : null;
  }
}

const placesOf = (names: readonly string[]): Map<string, number> =>
  new Map(names.map((name, at) => [name, at]));

interface KnownFile {
  readonly folder: string;
  /** Places in the facts of the site before; one and the same list for all files that share it. */
  readonly set: readonly number[];
}

/** Collects an index. Files stand in it in the order of the site, whichever of them is made first. */
export class IndexWriter {
  readonly #facts: Places;
  readonly #folders = new Places(['']);
  readonly #sets: (readonly number[])[] = [];
  readonly #setByName = new Map<string, number>();
  readonly #setByKnown = new Map<readonly number[], number>();
  readonly #files: readonly string[];
  readonly #folderOf: number[];
  readonly #setOf: number[];

  /**
   * `known`: the site of which files are kept. Its facts keep their places, so that sets of a large site need not be written anew; those
   * of no file any longer go when all is made anew.
   */
  constructor(files: readonly string[], known: KnownFiles | null) {
    this.#files = files;
    this.#folderOf = files.map(() => 0);
    this.#setOf = files.map(() => 0);
    this.#facts = new Places(known?.index.facts);
  }

  /** The file at that place was made. */
  add(at: number, facts: Iterable<string>): void {
    const set = [...facts].map((fact) => this.#facts.of(fact));
    const name = set.join();
    const place = this.#setByName.get(name) ?? this.#sets.push(set) - 1;
    this.#setByName.set(name, place);
    this.#setOf[at] = place;
  }

  /** The file at that place is one of the site before, which stays where it lies. */
  keep(at: number, { folder, set }: KnownFile): void {
    const place = this.#setByKnown.get(set) ?? this.#sets.push(set) - 1;
    this.#setByKnown.set(set, place);
    this.#folderOf[at] = this.#folders.of(folder);
    this.#setOf[at] = place;
  }

  /** `valueOf`: the value of a fact in the data that the site was made of. */
  toIndex(
    version: string,
    generatedAt: SiteIndex['generatedAt'],
    valueOf: (fact: string) => string,
  ): SiteIndex {
    const facts = this.#facts.names;
    return {
      version,
      generatedAt,
      folders: this.#folders.names,
      facts,
      values: facts.map(valueOf),
      sets: this.#sets,
      files: this.#files,
      folderOf: this.#folderOf,
      setOf: this.#setOf,
    };
  }
}

/** Names, each with the place at which it was first named. */
class Places {
  readonly #places: Map<string, number>;

  constructor(names: readonly string[] = []) {
    this.#places = placesOf(names);
  }

  of(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.#places.size);
    return this.#places.size - 1;
  }

  get names(): string[] {
    return [...this.#places.keys()];
  }
}
