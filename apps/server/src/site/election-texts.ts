/** Elections as JSON, written once for as long as they are told as the same object: of hundreds, a change touches one. */
import type { SiteElection, SiteSnapshot } from '@elekto/site/data';
import { createHash } from 'node:crypto';

interface ElectionText {
  /** JSON. */
  readonly bytes: Buffer;
  /** SHA-256. */
  readonly digest: Buffer;
}

export class ElectionTexts {
  readonly #known = new WeakMap<SiteElection, ElectionText>();

  of(election: SiteElection): ElectionText {
    let known = this.#known.get(election);
    if (known === undefined) {
      const bytes = Buffer.from(JSON.stringify(election));
      known = { bytes, digest: createHash('sha256').update(bytes).digest() };
      this.#known.set(election, known);
    }
    return known;
  }

  /**
   * A snapshot as JSON, each election on a line of its own, and before them what each is and how long: a renderer reads only those
   * that it has not read before.
   */
  fileOf({ elections, ...rest }: SiteSnapshot): Buffer {
    const texts = elections.map((election) => this.of(election));
    const lines = texts.map(({ digest, bytes }) => [digest.toString('base64url'), bytes.length]);
    const head = `${JSON.stringify({ ...rest, lines }).slice(0, -1)},"elections":[\n`;
    const parts = texts.flatMap(({ bytes }, at) => (at === 0 ? [bytes] : [BETWEEN, bytes]));
    return Buffer.concat([Buffer.from(head), ...parts, END]);
  }
}

const BETWEEN = Buffer.from(',\n');
const END = Buffer.from('\n]}');
