import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';

import { detectFormat, headOf } from '@elekto/formats';
import { BallotsFormatError } from '@elekto/tally';

import type { BallotSource } from './ballot-source.ts';
import { CliError } from './cli-error.ts';

/** Bytes that tell the format of a file. */
const HEAD = 1 << 16;
const LEFT_OUT = /(?:^|\/)(?:\.|__MACOSX\/)/;
/** What caritat hands out to be filled in; it is no ballot. */
const TEMPLATE = /[/ ]ballot\.ya?ml$/;
const VOTE = /[/ ]vote\.ya?ml$/;

/**
 * The files of ballots that a path means: standard input for "-", a file, or those in a folder, its archives included, or a zip archive,
 * which `entry` chooses among. Of caritat's folders the vote comes first and the template is left out.
 * @throws CliError when there is none, or more than one and neither `entry` nor `together` says which.
 */
export async function findBallots(
  path: string,
  { entry, together }: { readonly entry?: string | undefined; readonly together?: boolean | undefined },
): Promise<readonly BallotSource[]> {
  if (path === '-') return [{ name: 'standard input', open: () => Promise.resolve(process.stdin) }];
  const inside = await entriesOf(path);
  if (inside === null) return [{ name: path, open: () => Promise.resolve(createReadStream(path)) }];
  if (entry !== undefined) {
    const found = inside.find(({ name }) => name === `${path}: ${entry}`);
    if (found === undefined) throw new CliError(`${path}: holds no ${entry}`);
    return [found];
  }
  const known: { source: BallotSource; format: string }[] = [];
  for (const source of inside) {
    const format = await formatOf(source);
    if (format !== null && !TEMPLATE.test(source.name)) known.push({ source, format });
  }
  const sources = known.map(({ source }) => source);
  if (sources.length === 0) throw new CliError(`${path}: holds no file of ballots`);
  const vote = inside.filter(({ name }) => VOTE.test(name));
  if (known.every(({ format }) => format === 'caritat') && vote.length === 1)
    return [joined(path, [...vote, ...sources])];
  if (sources.length === 1 || together === true) return sources;
  const names = sources.map(({ name }) => name.slice(path.length + 2)).join(', ');
  throw new CliError(
    `${path}: holds several files of ballots, which may be as many elections (--entry NAME counts one) or parts of ` +
      `one (--together): ${names}`,
  );
}

/** Whether a folder is that of an election, which has a rule of its own. */
export function holdsElection(folder: string): boolean {
  return ['election.yaml', 'election.yml'].some((name) => existsSync(join(folder, name)));
}

/** What is in a folder or an archive; null for any other file. */
async function entriesOf(path: string): Promise<BallotSource[] | null> {
  if (statSync(path).isDirectory()) {
    if (holdsElection(path)) {
      throw new CliError(
        `${path}: is the folder of an election, which is counted by its own rule: elekto tally ${path}. ` +
          `To count its ballots by the rule you give, name ${join(path, 'ballots.csv')}`,
      );
    }
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
    const inside: BallotSource[] = [];
    for (const name of names) {
      const file = join(path, name);
      if (LEFT_OUT.test(name) || !statSync(file).isFile()) continue;
      const packed = await inArchive(file, `${path}: ${name}/`);
      const itself = { name: `${path}: ${name}`, open: () => Promise.resolve(createReadStream(file)) };
      inside.push(...(packed ?? [itself]));
    }
    return inside;
  }
  return inArchive(path, `${path}: `);
}

/** What is in an archive, under names that begin so; null for a file that is none. */
async function inArchive(path: string, before: string): Promise<BallotSource[] | null> {
  const [a, b, c] = await firstBytes(createReadStream(path, { end: 3 }));
  if (a !== 0x50 || b !== 0x4b || (c !== 3 && c !== 5)) return null;
  const { entriesOfZip } = await import('./zip.ts');
  const entries = await entriesOfZip(path);
  return entries
    .filter(({ name }) => !LEFT_OUT.test(name))
    .map(({ name, open }) => ({ name: `${before}${name}`, open }));
}

async function formatOf(source: BallotSource): Promise<string | null> {
  try {
    return detectFormat(headOf(await firstBytes(await source.open()))).name;
  } catch (error) {
    if (!(error instanceof BallotsFormatError)) throw error;
    // Of two readings: it is a file of ballots, and reading it says which two.
    return error.message.includes('may be') ? 'unclear' : null;
  }
}

async function firstBytes(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length >= HEAD) break;
  }
  return Buffer.concat(pieces).subarray(0, HEAD);
}

/** Documents of YAML one after the other. */
function joined(path: string, sources: readonly BallotSource[]): BallotSource {
  async function* pieces(): AsyncIterable<Buffer> {
    for (const source of sources) {
      yield Buffer.from('---\n');
      for await (const piece of (await source.open()) as AsyncIterable<Buffer>) yield piece;
      yield Buffer.from('\n');
    }
  }
  return {
    name: basename(path),
    open: async () => (await import('node:stream')).Readable.from(pieces()),
  };
}
