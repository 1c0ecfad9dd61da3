/** Elections as JSON, written once for as long as they are told as the same object: of hundreds, a change touches one. */
import type { SiteElection, SiteSnapshot } from '@elekto/site/data';
import { createHash } from 'node:crypto';

interface ElectionText {
  readonly json: string;
  /** SHA-256. */
  readonly digest: Buffer;
}

export class ElectionTexts {
  readonly #known = new WeakMap<SiteElection, ElectionText>();

  of(election: SiteElection): ElectionText {
    let known = this.#known.get(election);
    if (known === undefined) {
      const json = JSON.stringify(election);
      known = { json, digest: createHash('sha256').update(json).digest() };
      this.#known.set(election, known);
    }
    return known;
  }

  /** A snapshot as JSON, each election on a line of its own: a renderer reads only those that it has not read before. */
  fileOf({ elections, ...rest }: SiteSnapshot): string {
    const lines = elections.map((election) => this.of(election).json).join(',\n');
    return `${JSON.stringify(rest).slice(0, -1)},"elections":[\n${lines}\n]}`;
  }
}
