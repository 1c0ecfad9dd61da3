/** The index of a site, read and written: part by part, so that of hundreds of elections a change touches one. */
import type { BigIntStats } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { INDEX_FILE } from '../data/model.ts';
import type { SiteIndex, SiteIndexPart } from '../data/model.ts';

/** A file that a site consists of, and the facts that it is made of whatever it reads. */
export interface Made {
  readonly file: string;
  readonly of: readonly string[];
}

/** Files that are looked at together: those of an election, or those of none. The same list of files is the same object from site to site. */
export interface Group<T extends Made = Made> {
  /** The election's key; '' for the files of none. */
  readonly of: string;
  readonly files: readonly T[];
}

/** A part of an index as this process has it. */
interface Part extends SiteIndexPart {
  /** As it stands in the index. */
  readonly text: Buffer;
  /** What has made its files; null where another process has. */
  readonly made: readonly Made[] | null;
  /** What stands in `folderOf` and in `setOf`, each once. */
  readonly inFolders: readonly number[];
  readonly ofSets: readonly number[];
}

/** A site as its index tells of it. */
interface Indexed {
  readonly folders: SiteIndex['folders'];
  /** Places of facts and sets stay those of the site before: what does not change need not be written anew. */
  readonly facts: Places;
  readonly values: readonly string[];
  readonly sets: Sets;
  readonly parts: readonly Part[];
}

/** The last index that this process has written, and by what its file on disk is known. */
interface Written {
  readonly site: Indexed;
  readonly mark: string;
}

/** The indexes on disk. The one that was written last is not read again, wherever the site was moved since. */
export class Indexes {
  #written: Written | null = null;

  async write(dir: string, { site, text }: { readonly site: Indexed; readonly text: Buffer }): Promise<void> {
    const path = join(dir, INDEX_FILE);
    this.#written = null;
    await writeFile(path, text);
    this.#written = { site, mark: markOf(await stat(path, { bigint: true })) };
  }

  /** The site in `dir`; null where its index is not there, damaged, or of other sources. */
  async read(dir: string, version: string): Promise<Indexed | null> {
    const path = join(dir, INDEX_FILE);
    try {
      if (this.#written?.mark === markOf(await stat(path, { bigint: true }))) return this.#written.site;
      const index = JSON.parse(await readFile(path, 'utf8')) as SiteIndex;
      return index.version === version ? indexed(index) : null;
    } catch {
      return null;
    }
  }
}

const indexed = ({ folders, facts, values, sets, parts }: SiteIndex): Indexed => ({
  folders,
  facts: new Places(facts),
  values,
  sets: new Sets(sets),
  parts: parts.map((part) => partOf(part, null)),
});

const partOf = (part: SiteIndexPart, made: readonly Made[] | null): Part => ({
  ...part,
  text: Buffer.from(JSON.stringify(part)),
  made,
  inFolders: [...new Set(part.folderOf)],
  ofSets: [...new Set(part.setOf)],
});

/** Of one file on this disk in one state; a rename of its folder changes nothing in it. */
const markOf = ({ dev, ino, size, mtimeNs }: BigIntStats): string => [dev, ino, size, mtimeNs].join();

/** What a site before has of the files of the next one. */
export class KnownFiles {
  readonly site: Indexed;
  /** The name of the folder of that site. */
  readonly own: string;
  readonly #byName: ReadonlyMap<string, Part>;
  /** By place in `sets`: whether a fact of the set has another value by now. */
  readonly #stale: readonly boolean[];

  /** `valueOf`: the value of a fact now. */
  constructor(site: Indexed, own: string, valueOf: (fact: string) => string) {
    this.site = site;
    this.own = own;
    this.#byName = new Map(site.parts.map((part) => [part.of, part]));
    const changed = site.values.map((value, at) => valueOf(site.facts.names[at] ?? '') !== value);
    this.#stale = site.sets.all.map((set) => set.some((at) => changed[at] ?? true));
  }

  /** The folders in which files of that site lie. */
  get folders(): number {
    return this.site.folders.filter((name) => name !== null).length;
  }

  /** Whether so much of the index is of no file any longer that another one, written from nothing, is the better. */
  get isWorn(): boolean {
    const used = new Set(this.site.parts.flatMap(({ ofSets }) => ofSets));
    return this.site.sets.all.length > 2 * used.size + 1000;
  }

  /** The part of a group whose files are what they were; else null, and its files are asked for one by one. */
  whole({ of, files }: Group): Part | null {
    const part = this.#byName.get(of);
    // What has made them before has put their own facts into the sets.
    return part?.made === files && part.ofSets.every((set) => this.#stale[set] === false) ? part : null;
  }

  /**
   * Finds files of a group, by their places in it: where each lies and what it is made of, when nothing of that has changed and the file's own
   * facts are part of it; else null.
   */
  oneByOne({ of }: Group): (made: Made, at: number) => KnownFile | null {
    const part = this.#byName.get(of);
    let fileAt: ReadonlyMap<string, number> | undefined;
    return ({ file, of: facts }, hint) => {
      if (part === undefined) return null;
      const at = part.files[hint] === file ? hint : (fileAt ??= placesOf(part.files)).get(file);
      const [set, folder] = at === undefined ? [] : [part.setOf[at], part.folderOf[at]];
      if (set === undefined || folder === undefined || this.#stale[set] !== false) return null;
      // A feed of all elections has a fact of each.
      const found = new Set(this.site.sets.all[set]);
      return facts.every((fact) => found.has(this.site.facts.known(fact) ?? -1)) ? { folder, set } : null;
    };
  }
}

const placesOf = (names: readonly string[]): Map<string, number> =>
  new Map(names.map((name, at) => [name, at]));

/** Places in `folders` and `sets` of the site before. */
interface KnownFile {
  readonly folder: number;
  readonly set: number;
}

/** A part that is being made. */
export interface Draft {
  readonly of: string;
  readonly files: readonly Made[];
  readonly folderOf: number[];
  readonly setOf: number[];
}

/** Collects an index. Files stand in it in the order of the site, whichever of them is made first. */
export class IndexWriter {
  readonly #facts: Places;
  readonly #sets: Sets;
  readonly #folders: (string | null)[];
  /** Place of the site's own folder. */
  readonly #own: number;
  readonly #parts: (Part | Draft)[] = [];

  /** `known`: the site of which files are kept. */
  constructor(known: KnownFiles | null) {
    this.#facts = known?.site.facts ?? new Places();
    this.#sets = known?.site.sets ?? new Sets();
    this.#folders = known?.site.folders.map((name) => (name === '' ? known.own : name)) ?? [];
    const free = this.#folders.indexOf(null);
    this.#own = free < 0 ? this.#folders.length : free;
    this.#folders[this.#own] = '';
  }

  /** All files of the next group are those of the site before. */
  keepPart(part: Part): void {
    this.#parts.push(part);
  }

  /** The next group, of which each file is to be added or kept. */
  begin({ of, files }: Group): Draft {
    const draft = { of, files, folderOf: files.map(() => this.#own), setOf: files.map(() => 0) };
    this.#parts.push(draft);
    return draft;
  }

  /** The file at that place was made. */
  add({ setOf }: Draft, at: number, facts: Iterable<string>): void {
    setOf[at] = this.#sets.of([...facts].map((fact) => this.#facts.of(fact)));
  }

  /** The file at that place is one of the site before, which stays where it lies. */
  keep({ folderOf, setOf }: Draft, at: number, { folder, set }: KnownFile): void {
    folderOf[at] = folder;
    setOf[at] = set;
  }

  /** The site and its index. `valueOf`: the value of a fact in the data that the site was made of. */
  finish(
    version: string,
    generatedAt: SiteIndex['generatedAt'],
    valueOf: (fact: string) => string,
  ): { readonly site: Indexed; readonly text: Buffer } {
    const parts = this.#parts.map((part) => {
      if ('text' in part) return part;
      const { of, files, folderOf, setOf } = part;
      return partOf({ of, files: files.map(({ file }) => file), folderOf, setOf }, files);
    });
    const needed = new Set(parts.flatMap(({ inFolders }) => inFolders));
    const folders = this.#folders.map((name, at) => (needed.has(at) ? name : null));
    const values = this.#facts.names.map(valueOf);
    const rest = { facts: this.#facts.names, values, sets: this.#sets.all };
    return {
      site: { folders, facts: this.#facts, values, sets: this.#sets, parts },
      text: Buffer.concat([
        Buffer.from(`${JSON.stringify({ version, generatedAt, folders }).slice(0, -1)},"parts":[\n`),
        ...parts.flatMap(({ text }, at) => (at === 0 ? [text] : [BETWEEN, text])),
        Buffer.from(`\n],${JSON.stringify(rest).slice(1)}`),
      ]),
    };
  }
}

const BETWEEN = Buffer.from(',\n');

/** Names, each with the place at which it was first named. */
class Places {
  readonly names: string[];
  readonly #places: Map<string, number>;

  constructor(names: readonly string[] = []) {
    this.names = [...names];
    this.#places = placesOf(names);
  }

  known(name: string): number | undefined {
    return this.#places.get(name);
  }

  of(name: string): number {
    let place = this.#places.get(name);
    if (place === undefined) {
      place = this.names.push(name) - 1;
      this.#places.set(name, place);
    }
    return place;
  }
}

/** Sets of facts by their places, each with the place at which it first came. */
class Sets {
  readonly all: (readonly number[])[];
  readonly #places: Places;

  constructor(sets: readonly (readonly number[])[] = []) {
    this.all = [...sets];
    this.#places = new Places(sets.map((set) => set.join()));
  }

  of(set: readonly number[]): number {
    const place = this.#places.of(set.join());
    this.all[place] ??= set;
    return place;
  }
}
