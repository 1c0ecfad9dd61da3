/** The index of a site, read and written. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { INDEX_FILE } from '../data/model.ts';
import type { SiteIndex } from '../data/model.ts';

/** The index of the site in `dir`; null where it is not there, damaged, or of other sources. */
export async function readIndex(dir: string, version: string): Promise<SiteIndex | null> {
  try {
    const index = JSON.parse(await readFile(join(dir, INDEX_FILE), 'utf8')) as SiteIndex;
    return index.version === version ? index : null;
  } catch {
    return null;
  }
}

/** What a site before has of the files of the next one. */
export class KnownFiles {
  /** What its sets are places in. */
  readonly facts: readonly string[];
  readonly #index: SiteIndex;
  readonly #own: string;
  readonly #fileAt: ReadonlyMap<string, number>;
  readonly #factAt: ReadonlyMap<string, number>;
  /** By place in `sets`: whether a fact of the set has another value by now. */
  readonly #stale: readonly boolean[];

  /** `own`: the name of the folder of that site. `valueOf`: the value of a fact now. */
  constructor(index: SiteIndex, own: string, valueOf: (fact: string) => string) {
    this.facts = index.facts;
    this.#index = index;
    this.#own = own;
    const changed = index.facts.map((fact, at) => valueOf(fact) !== index.values[at]);
    this.#stale = index.sets.map((set) => set.some((at) => changed[at] ?? true));
    this.#fileAt = new Map(index.files.map((file, at) => [file, at]));
    this.#factAt = new Map(index.facts.map((fact, at) => [fact, at]));
  }

  /** Where the file lies and what it is made of, when nothing of that has changed and `of` is part of it; else null. */
  reuse(file: string, of: readonly string[]): KnownFile | null {
    const { setOf, folderOf, folders, sets } = this.#index;
    const at = this.#fileAt.get(file);
    const place = at === undefined ? undefined : setOf[at];
    if (at === undefined || place === undefined || this.#stale[place] !== false) return null;
    const set = sets[place] ?? [];
    if (!of.every((fact) => set.includes(this.#factAt.get(fact) ?? -1))) return null;
    return { folder: folders[folderOf[at] ?? 0] || this.#own, set };
  }
}

interface KnownFile {
  readonly folder: string;
  /** Places in the facts of the site before; one and the same list for all files that share it. */
  readonly set: readonly number[];
}

/** Collects an index. */
export class IndexWriter {
  readonly #facts: Places;
  readonly #folders = new Places(['']);
  readonly #sets: (readonly number[])[] = [];
  readonly #setByName = new Map<string, number>();
  readonly #setByKnown = new Map<readonly number[], number>();
  readonly #files: string[] = [];
  readonly #folderOf: number[] = [];
  readonly #setOf: number[] = [];

  /**
   * `known`: the site of which files are kept. Its facts keep their places, so that sets of a large site need not be written anew; those
   * of no file any longer go when all is made anew.
   */
  constructor(known: KnownFiles | null) {
    this.#facts = new Places(known?.facts);
  }

  /** A file that was made. */
  add(file: string, facts: Iterable<string>): void {
    const set = [...facts].map((fact) => this.#facts.of(fact));
    const name = set.join();
    const place = this.#setByName.get(name) ?? this.#sets.push(set) - 1;
    this.#setByName.set(name, place);
    this.#add(file, '', place);
  }

  /** A file of the site before, which stays where it lies. */
  keep(file: string, { folder, set }: KnownFile): void {
    const place = this.#setByKnown.get(set) ?? this.#sets.push(set) - 1;
    this.#setByKnown.set(set, place);
    this.#add(file, folder, place);
  }

  #add(file: string, folder: string, set: number): void {
    this.#files.push(file);
    this.#folderOf.push(this.#folders.of(folder));
    this.#setOf.push(set);
  }

  /** `valueOf`: the value of a fact in the data that the site was made of. */
  toJson(version: string, generatedAt: SiteIndex['generatedAt'], valueOf: (fact: string) => string): string {
    const facts = this.#facts.names;
    const index: SiteIndex = {
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
    return JSON.stringify(index);
  }
}

/** Names, each with the place at which it was first named. */
class Places {
  readonly #places: Map<string, number>;

  constructor(names: readonly string[] = []) {
    this.#places = new Map(names.map((name, at) => [name, at]));
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
