/** Reads the files that sites are made of, one after the other. */
import type { SiteElection, SiteSnapshot } from '../data/model.ts';

const BEGIN = ',"elections":[';
const END = ']}';

/**
 * Any JSON will do. Where each election stands on a line of its own, as the server writes it, a line that was in the file before
 * gives the same object as then: of hundreds of elections, a change touches one.
 */
export class SnapshotReader {
  #known: ReadonlyMap<string, SiteElection> = new Map();

  /** @throws SyntaxError for what is no JSON */
  read(text: string): SiteSnapshot {
    const lines = text.split('\n');
    const [first = '', last] = [lines[0], lines.at(-1)];
    if (lines.length < 3 || !first.endsWith(BEGIN) || last !== END) return JSON.parse(text) as SiteSnapshot;
    const rest = JSON.parse(first + END) as SiteSnapshot;
    const known = new Map<string, SiteElection>();
    const elections: SiteElection[] = [];
    for (const [at, line] of lines.slice(1, -1).entries()) {
      const json = at < lines.length - 3 ? line.slice(0, -1) : line;
      if (json === '' && lines.length === 3) break;
      const election = this.#known.get(json) ?? (JSON.parse(json) as SiteElection);
      // By the text of this file: kept by that of the first one, each file would be held by the lines that came with it.
      known.set(json, election);
      elections.push(election);
    }
    this.#known = known;
    return { ...rest, elections };
  }
}
