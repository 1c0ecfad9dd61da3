/** Elections as JSON, written once for as long as they are told as the same object: of hundreds, a change touches one. */
import type { SiteElection, SiteSnapshot } from '@elekto/site/data';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

interface ElectionText {
  /** JSON. */
  readonly bytes: Buffer;
  /** SHA-256. */
  readonly digest: Buffer;
  /** As a name in the file. */
  readonly line: readonly [name: string, length: number];
}

export class ElectionTexts {
  readonly #known = new WeakMap<SiteElection, ElectionText>();

  of(election: SiteElection): ElectionText {
    let known = this.#known.get(election);
    if (known === undefined) {
      const bytes = Buffer.from(JSON.stringify(election));
      const digest = createHash('sha256').update(bytes).digest();
      known = { bytes, digest, line: [digest.toString('base64url'), bytes.length] };
      this.#known.set(election, known);
    }
    return known;
  }

  /**
   * A snapshot as JSON, in pieces: each election on a line of its own, and before them what each is and how long. A renderer reads only
   * those that it has not read before.
   */
  fileOf({ elections, ...rest }: SiteSnapshot): readonly Buffer[] {
    const texts = elections.map((election) => this.of(election));
    const lines = texts.map(({ line }) => line);
    const head = `${JSON.stringify({ ...rest, lines }).slice(0, -1)},"elections":[\n`;
    return [
      Buffer.from(head),
      ...texts.flatMap(({ bytes }, at) => (at === 0 ? [bytes] : [BETWEEN, bytes])),
      END,
    ];
  }
}

const BETWEEN = Buffer.from(',\n');
const END = Buffer.from('\n]}');

/** Writes a file of pieces, which are put together nowhere. @throws what writing has failed of; a part of it may be there then */
export async function writePieces(path: string, pieces: readonly Buffer[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    const { bytesWritten } = await file.writev(pieces);
    // A full disk takes a part, and says so of the rest.
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (bytesWritten < length) await file.writeFile(Buffer.concat(pieces).subarray(bytesWritten));
  } finally {
    await file.close();
  }
}
