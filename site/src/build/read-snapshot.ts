/** Reads the files that sites are made of, one after the other. */
import type { SiteElection, SiteSnapshot } from '../data/model.ts';

const BEGIN = ',"elections":[';
const END = ']}';
const NEWLINE = 10;
/** A comma and the end of the line. */
const BETWEEN = 2;

/** For each line its name, equal for equal elections, and its length in bytes. */
type Lines = readonly (readonly [name: string, length: number])[];

/**
 * Any JSON will do. Where each election stands on a line of its own, and `lines` before them says which it is, as the server writes it, one
 * that was in the file before is not read again and gives the same object as then: of hundreds of elections, a change touches one.
 */
export class SnapshotReader {
  #known: ReadonlyMap<string, SiteElection> = new Map();

  /** @throws SyntaxError for what is no JSON */
  read(file: Buffer): SiteSnapshot {
    const end = file.indexOf(NEWLINE);
    const first = end < 0 ? '' : file.toString('utf8', 0, end);
    if (!first.endsWith(BEGIN)) return JSON.parse(file.toString('utf8')) as SiteSnapshot;
    const { lines, ...rest } = JSON.parse(first + END) as SiteSnapshot & { readonly lines?: Lines };
    const length = lines?.reduce((sum, [, bytes]) => sum + bytes + BETWEEN, end + 1) ?? 0;
    // The last line has no comma, and `]}` stands on one of its own; without an election an empty one is before it.
    const whole = lines?.length === 0 ? end + 4 : length + 1;
    if (lines === undefined || file.length !== whole)
      return JSON.parse(file.toString('utf8')) as SiteSnapshot;
    const known = new Map<string, SiteElection>();
    const elections: SiteElection[] = [];
    let at = end + 1;
    for (const [name, bytes] of lines) {
      const election =
        this.#known.get(name) ?? (JSON.parse(file.toString('utf8', at, at + bytes)) as SiteElection);
      known.set(name, election);
      elections.push(election);
      at += bytes + BETWEEN;
    }
    this.#known = known;
    return { ...rest, elections };
  }
}
