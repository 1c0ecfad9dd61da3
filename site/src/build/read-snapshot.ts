/** Reads the files that sites are made of, one after the other. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { SiteElection, SiteSnapshot } from '../data/model.ts';

const BEGIN = ',"elections":[';
const END = ']}';
const NEWLINE = 10;
/** A comma and the end of the line. */
const BETWEEN = 2;
/** Bytes that are read at first; a large logo makes the first line longer. */
const FIRST = 65_536;

/** For each line its name, equal for equal elections, and its length in bytes. */
type Lines = readonly (readonly [name: string, length: number])[];

/**
 * Any JSON will do. Where each election stands on a line of its own, and `lines` before them says which it is, as the server writes it, one
 * that was in the file before is not read again and gives the same object as then: of hundreds of elections, a change touches one.
 */
export class SnapshotReader {
  #known: ReadonlyMap<string, SiteElection> = new Map();

  /** @throws SyntaxError for what is no JSON, and what opening or reading the file has failed of */
  read(path: string): SiteSnapshot {
    const file = new OpenFile(path);
    try {
      return this.#read(file);
    } finally {
      file.close();
    }
  }

  #read(file: OpenFile): SiteSnapshot {
    const first = file.firstLine();
    if (!first.endsWith(BEGIN)) return JSON.parse(file.text(0, file.size)) as SiteSnapshot;
    const { lines, ...rest } = JSON.parse(first + END) as SiteSnapshot & { readonly lines?: Lines };
    const begin = Buffer.byteLength(first) + 1;
    const length = lines?.reduce((sum, [, bytes]) => sum + bytes + BETWEEN, begin) ?? 0;
    // The last line has no comma, and `]}` stands on one of its own; without an election an empty one is before it.
    const whole = lines?.length === 0 ? begin + 3 : length + 1;
    if (lines === undefined || file.size !== whole)
      return JSON.parse(file.text(0, file.size)) as SiteSnapshot;
    const known = new Map<string, SiteElection>();
    const elections: SiteElection[] = [];
    let at = begin;
    for (const [name, bytes] of lines) {
      const election = this.#known.get(name) ?? (JSON.parse(file.text(at, bytes)) as SiteElection);
      known.set(name, election);
      elections.push(election);
      at += bytes + BETWEEN;
    }
    this.#known = known;
    return { ...rest, elections };
  }
}

/** Of which no more is read than is asked for. */
class OpenFile {
  readonly #file: number;
  readonly size: number;

  constructor(path: string) {
    this.#file = openSync(path, 'r');
    this.size = fstatSync(this.#file).size;
  }

  /** Without its end; empty where there is but one. */
  firstLine(): string {
    for (let length = Math.min(FIRST, this.size); ; length = Math.min(4 * length, this.size)) {
      const bytes = this.#bytes(0, length);
      const end = bytes.indexOf(NEWLINE);
      if (end >= 0) return bytes.toString('utf8', 0, end);
      if (length === this.size) return '';
    }
  }

  text(at: number, length: number): string {
    return this.#bytes(at, length).toString('utf8');
  }

  #bytes(at: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    let read = 0;
    while (read < length) {
      const more = readSync(this.#file, bytes, read, length - read, at + read);
      if (more === 0) break;
      read += more;
    }
    return bytes.subarray(0, read);
  }

  close(): void {
    closeSync(this.#file);
  }
}
