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
  readonly #index: SiteIndex;
  readonly #own: string;
  readonly #at: ReadonlyMap<string, number>;
  /** By place in `sets`: whether a fact of the set has another value by now. */
  readonly #stale: readonly boolean[];
  readonly #names = new Map<number, ReadonlySet<string>>();

  /** `own`: the name of the folder of that site. `valueOf`: the value of a fact now. */
  constructor(index: SiteIndex, own: string, valueOf: (fact: string) => string) {
    this.#index = index;
    this.#own = own;
    const changed = index.facts.map((fact, at) => valueOf(fact) !== index.values[at]);
    this.#stale = index.sets.map((set) => set.some((at) => changed[at] ?? true));
    this.#at = new Map(index.files.map((file, at) => [file, at]));
  }

  /** Where the file lies and what it is made of, when nothing of that has changed and `of` is part of it; else null. */
  reuse(file: string, of: readonly string[]): { readonly folder: string; readonly set: number } | null {
    const { setOf, folderOf, folders } = this.#index;
    const at = this.#at.get(file);
    const set = at === undefined ? undefined : setOf[at];
    if (at === undefined || set === undefined || this.#stale[set] !== false) return null;
    const names = this.factsOf(set);
    if (!of.every((fact) => names.has(fact))) return null;
    return { folder: folders[folderOf[at] ?? 0] || this.#own, set };
  }

  factsOf(set: number): ReadonlySet<string> {
    let names = this.#names.get(set);
    if (names === undefined) {
      names = new Set(this.#index.sets[set]?.map((at) => this.#index.facts[at] ?? ''));
      this.#names.set(set, names);
    }
    return names;
  }
}

/** Collects an index. */
export class IndexWriter {
  readonly #facts = new Places();
  readonly #folders = new Places(['']);
  readonly #sets: (readonly number[])[] = [];
  readonly #setByName = new Map<string, number>();
  readonly #setByKnown = new Map<number, number>();
  readonly #files: string[] = [];
  readonly #folderOf: number[] = [];
  readonly #setOf: number[] = [];

  /** A file that was made. */
  add(file: string, facts: Iterable<string>): void {
    this.#add(file, '', this.#place(facts));
  }

  /** A file of the site before, which stays where it lies. */
  keep(
    file: string,
    { folder, set }: { readonly folder: string; readonly set: number },
    known: KnownFiles,
  ): void {
    let place = this.#setByKnown.get(set);
    if (place === undefined) this.#setByKnown.set(set, (place = this.#place(known.factsOf(set))));
    this.#add(file, folder, place);
  }

  #add(file: string, folder: string, set: number): void {
    this.#files.push(file);
    this.#folderOf.push(this.#folders.of(folder));
    this.#setOf.push(set);
  }

  #place(facts: Iterable<string>): number {
    const set = [...facts].map((fact) => this.#facts.of(fact));
    const name = set.join();
    const known = this.#setByName.get(name);
    if (known !== undefined) return known;
    this.#setByName.set(name, this.#sets.length);
    return this.#sets.push(set) - 1;
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
